package import GatewayCore

extension MSISDN {
    /// - Throws: `badFormat` for a text that is no number. The error does not repeat the text, which may be somebody's
    ///   number all the same.
    package init(_ text: String, member: @autoclosure () -> String) throws(MalformedRequest) {
        guard let number = MSISDN(text) else {
            throw .badFormat(at: member(), "must be a number of 7 to 15 digits\(text.hiddenObstacle)")
        }
        self = number
    }
}

extension Originator {
    /// - Throws: `badFormat` for a text that is none.
    package init(_ text: String, member: @autoclosure () -> String) throws(MalformedRequest) {
        guard let originator = Originator(text) else {
            throw .badFormat(
                at: member(), "must be a number, a short code or a name of 1 to 11 characters\(text.hiddenObstacle)")
        }
        self = originator
    }
}
