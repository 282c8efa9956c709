import CustomerServing
import FoundationEssentials
import GatewayCore

/// When a batch may begin, and when it ends at the latest.
struct Validity: Equatable {
    /// The beginning as it was asked for; a time in the past means at once.
    let sendAt: Date?
    let expireAt: Date?

    /// - Throws: `badFormat` for a text that is no time; `violation` for an end that is over, that is not after the
    ///   beginning, or that is more than three days after it.
    init(sendAt: String?, expireAt: String?, now: Date) throws(MalformedRequest) {
        self.sendAt = try Self.date(sendAt, member: "send_at")
        self.expireAt = try Self.date(expireAt, member: "expire_at")
        guard (self.sendAt ?? now) + Order.longestValidity <= Timestamp.latest else {
            throw .violation(at: "send_at", "must be at least 3 days before the end of the year 9999")
        }
        guard let end = self.expireAt else { return }
        if let sendAt = self.sendAt, end <= sendAt { throw .violation(at: "expire_at", "must be after 'send_at'") }
        guard end > now else { throw .violation(at: "expire_at", "must be in the future") }
        guard end <= max(self.sendAt ?? now, now) + Order.longestValidity else {
            throw .violation(at: "expire_at", "must be at most 3 days after the batch is sent")
        }
    }

    private static func date(_ text: String?, member: String) throws(MalformedRequest) -> Date? {
        try text.map { text throws(MalformedRequest) in try Timestamp(text, member: member).date }
    }
}
