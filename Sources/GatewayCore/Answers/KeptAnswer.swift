package import FoundationEssentials

/// The answer to a request that carried an Idempotency-Key: a repeat gets it again as long as it is kept.
package struct KeptAnswer: Sendable, Equatable {
    package let owner: Owner
    package let key: String
    /// SHA-256 of what was asked for, in hexadecimal digits.
    package let request: String
    /// The HTTP status.
    package let status: Int
    package let body: [UInt8]
    package let at: Date

    package init(owner: Owner, key: String, request: String, status: Int, body: [UInt8], at: Date) {
        self.owner = owner
        self.key = key
        self.request = request
        self.status = status
        self.body = body
        self.at = at
    }

    /// How long an answer is kept where the operator does not say.
    package static let life = RetentionRules.usual
}
