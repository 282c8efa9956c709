import CustomerServing
import FoundationEssentials

/// When a batch is sent.
struct BatchSchedule: Equatable, Sendable {
    /// What the answer says: for a batch that goes at once the time at which it was taken.
    let sendAfter: Date
    /// Whether it waits; only such a batch may be cancelled.
    let isLater: Bool

    /// At most so far ahead it is sent at once.
    private static let soonSeconds: TimeInterval = 60
    /// Later ones begin at a full five minutes.
    private static let stepSeconds: TimeInterval = 300
    private static let longestSeconds: TimeInterval = 7 * 24 * 3600

    /// - Parameter wanted: `send_after`; nil for at once.
    /// - Throws: `violation` for more than seven days ahead.
    init(_ wanted: Date?, now: Date) throws(MalformedRequest) {
        guard let wanted, wanted.timeIntervalSince(now) > Self.soonSeconds else {
            sendAfter = now
            isLater = false
            return
        }
        guard wanted.timeIntervalSince(now) <= Self.longestSeconds else {
            throw .violation(at: "send_after", "must be at most 7 days ahead")
        }
        let steps = (wanted.timeIntervalSince1970 / Self.stepSeconds).rounded(.up)
        sendAfter = Date(timeIntervalSince1970: steps * Self.stepSeconds)
        isLater = true
    }
}

/// How far a batch is, as the API says it.
enum BatchPhase: String, CaseIterable, Sendable {
    /// It goes out now.
    case ready = "READY"
    case scheduled = "SCHEDULED"
    /// Each message was made and goes its own way.
    case processed = "PROCESSED"
    case cancelled = "CANCELLED"
    case failed = "FAILED"
}

/// What a batch is answered as.
struct BatchStatusBody: Encodable {
    let batchID: String
    let metadata: JSONValue?
    let phase: BatchPhase
    let sendAfter: Timestamp

    private enum CodingKeys: String, CodingKey {
        case batchID = "batch_id"
        case metadata = "meta_data"
        case status
        case sendAfter = "send_after"
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(batchID, forKey: .batchID)
        try members.encode(metadata ?? [:], forKey: .metadata)
        try members.encode(phase.rawValue, forKey: .status)
        try members.encode(sendAfter, forKey: .sendAfter)
    }
}

/// What the sending of a batch is answered.
struct BatchSendResponse: Encodable {
    let batchID: String
    let sendAfter: Timestamp

    enum CodingKeys: String, CodingKey {
        case batchID = "batch_id"
        case sendAfter = "send_after"
    }
}

/// `batch_status_update_notification`: a batch came into a phase.
struct BatchStatusNotification: Encodable {
    let batchID: String
    let phase: BatchPhase
    let metadata: JSONValue?
    let sendAfter: Timestamp

    func encode(to encoder: any Encoder) throws {
        let json: JSONValue = [
            "batch_id": .string(batchID), "batch_status": .string("BATCH_STATUS_\(phase.rawValue)"),
            "batch_type": "BATCH_TYPE_MESSAGES",
            "additional_data": [
                "message_batch_data": ["send_after": .string(sendAfter.text), "batch_metadata": metadata ?? [:]]
            ],
        ]
        try json.encode(to: encoder)
    }
}
