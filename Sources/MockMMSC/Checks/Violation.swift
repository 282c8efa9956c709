import MM7

/// The reason for which a strict MMSC refuses a message.
struct Violation: Error, Sendable, Equatable {
    var code: StatusCode
    /// Names the header, part or element; never content.
    var reason: String

    init(_ code: StatusCode, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// Trouble with the TransactionID is a fault of its own kind, without a detail.
    static func transactionID(_ reason: String) -> Violation {
        Violation(Self.transactionCode, reason)
    }

    var fault: Fault {
        guard code != Self.transactionCode else { return Fault(code: "Client.TransactionID", string: reason) }
        return Fault(ResponseStatus(code, details: reason), side: .relayServer)
    }

    /// A code of our own that is never sent.
    private static let transactionCode = StatusCode(rawValue: 0)
}
