import CustomerServing
import GatewayCore

/// What a batch is answered as.
struct BatchStatusBody: Encodable {
    let batchID: String
    let metadata: JSONValue?
    let phase: AppBatch.Phase
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
        try members.encode(phase.word, forKey: .status)
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
    let phase: AppBatch.Phase
    let metadata: JSONValue?
    let sendAfter: Timestamp

    func encode(to encoder: any Encoder) throws {
        let json: JSONValue = [
            "batch_id": .string(batchID), "batch_status": .string("BATCH_STATUS_\(phase.word)"),
            "batch_type": "BATCH_TYPE_MESSAGES",
            "additional_data": [
                "message_batch_data": ["send_after": .string(sendAfter.text), "batch_metadata": metadata ?? [:]]
            ],
        ]
        try json.encode(to: encoder)
    }
}

extension AppBatch.Phase {
    /// As the API says it.
    var word: String {
        switch self {
        case .ready: "READY"
        case .scheduled: "SCHEDULED"
        case .processed: "PROCESSED"
        case .cancelled: "CANCELLED"
        case .failed: "FAILED"
        }
    }
}
