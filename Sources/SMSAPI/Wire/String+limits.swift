extension String {
    /// - Throws: `violation` when the text is longer than the limit, counted in UTF-16 units as the vendor's platform
    ///   counts.
    func checkLength(of member: String, limit: Int) throws(SMSAPIError) {
        let count = utf16.count
        guard count <= limit else { throw .violation("'\(member)': has \(count) characters, the limit is \(limit)") }
    }

    /// - Throws: `violation` for control characters other than tab and line breaks: XML, in which MM7 carries the text,
    ///   has no way to say them. (XML 1.0, 2.2)
    func checkControls(of member: String) throws(SMSAPIError) {
        let isUnspeakable = unicodeScalars.contains { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: false
            case 0..<0x20, 0xFFFE, 0xFFFF: true
            default: false
            }
        }
        guard !isUnspeakable else { throw .violation("'\(member)': must not have control characters") }
    }
}
