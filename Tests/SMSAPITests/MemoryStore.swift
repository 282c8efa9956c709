import Doubles
import Foundation
import GatewayCore

/// As much of a store as this API needs.
actor MemoryStore: StoreDouble {
    private var batches: [Batch.ID: Batch] = [:]
    private(set) var messages: [Batch.ID: [Message]] = [:]
    /// Thrown by every call when set.
    private var failure: StoreFailure?

    var batchCount: Int { batches.count }

    func fail(with failure: StoreFailure?) {
        self.failure = failure
    }

    func insert(_ batch: Batch, messages: [Message]) throws(StoreFailure) {
        if let failure { throw failure }
        batches[batch.id] = batch
        self.messages[batch.id] = messages
    }

    func batch(_ id: Batch.ID, of owner: Owner) throws(StoreFailure) -> Batch? {
        if let failure { throw failure }
        return batches[id].flatMap { $0.owner == owner ? $0 : nil }
    }

    func tallies(of batch: Batch.ID, withRecipients: Bool) throws(StoreFailure) -> [Tally] {
        if let failure { throw failure }
        // MessageIDs aside, as the protocol says.
        let groups = Dictionary(grouping: messages[batch] ?? []) { message in
            if case .submitted = message.state { MessageState.submitted(messageID: "") } else { message.state }
        }
        return groups.map { state, messages in
            Tally(state: state, count: messages.count, recipients: withRecipients ? messages.map(\.recipient) : [])
        }
    }

    func message(to recipient: MSISDN, in batch: Batch.ID) throws(StoreFailure) -> Message? {
        if let failure { throw failure }
        return messages[batch]?.first { $0.recipient == recipient }
    }

    func check() throws(StoreFailure) {
        if let failure { throw failure }
    }
}
