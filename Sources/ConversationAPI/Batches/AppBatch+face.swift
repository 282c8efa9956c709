import CustomerServing
import FoundationEssentials
import GatewayCore

/// What a batch is kept as, and how it is shown.
extension AppBatch {
    /// A batch that was just taken.
    ///
    /// - Parameter owner: the app.
    init(_ request: BatchSendRequest, id: ID, of owner: Owner, _ schedule: BatchSchedule, now: Date) {
        self.init(
            id: id, owner: owner, createdAt: now, sendAfter: schedule.sendAfter, isLater: schedule.isLater,
            recipientCount: request.recipients.count, phase: schedule.isLater ? .scheduled : .ready,
            metadata: request.batchMetadata?.text ?? "", keys: Key.all(in: request.batchMetadata))
    }

    /// The same batch, further.
    func inPhase(_ phase: Phase, processed: Int? = nil) -> AppBatch {
        var batch = self
        batch.phase = phase
        batch.processed = processed ?? self.processed
        return batch
    }

    private var metadataJSON: JSONValue? { JSONValue(text: metadata) }

    /// As the API prints it.
    var printed: BatchStatusBody {
        BatchStatusBody(
            batchID: id.description, metadata: metadataJSON, phase: phase, sendAfter: Timestamp(sendAfter))
    }

    /// What the callbacks of its present phase tell.
    var statusUpdate: Callback.Event {
        .batchStatus(
            BatchStatusNotification(
                batchID: id.description, phase: phase, metadata: metadataJSON, sendAfter: Timestamp(sendAfter)))
    }
}

extension AppBatch.Key {
    /// What a batch is found by: each member of its metadata that has one value.
    static func all(in metadata: JSONValue?) -> [AppBatch.Key] {
        (metadata?.members ?? []).compactMap { member in
            switch member.value {
            case .string(let text): AppBatch.Key(name: member.name, value: text)
            case .number(let digits): AppBatch.Key(name: member.name, value: digits)
            case .bool(let truth): AppBatch.Key(name: member.name, value: "\(truth)")
            case .null, .array, .object: nil
            }
        }
    }
}
