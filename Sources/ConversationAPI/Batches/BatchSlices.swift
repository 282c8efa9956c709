import FoundationEssentials
import GatewayCore

/// Makes messages of a batch's recipients, each in the way of a message that is sent by itself.
struct BatchSlices: Sendable {
    let correspondents: Correspondents
    let log: AppBatchLog

    /// What became of some recipients, in their order.
    struct Slice: Sendable {
        var messages: [AppSend] = []
        /// The receipts of those who failed before there was a message.
        var receipts: [Notice] = []
    }

    /// - Parameters:
    ///   - places: of the recipients, in the request.
    ///   - acceptance: that of the batch's app.
    /// - Throws: where the store fails for all of them.
    func slice(
        _ places: Range<Int>, of request: BatchSendRequest, as batch: AppBatch, by acceptance: Acceptance, now: Date
    ) async throws -> Slice {
        // All at once: the store has their contacts and conversations in one commit.
        let results = try await withThrowingTaskGroup(of: (Int, Notice?, AppSend?).self) { group in
            for place in places {
                group.addTask {
                    let entry = BatchEntry(place, of: request, as: batch.id)
                    switch try await message(entry, of: batch, by: acceptance, now: now) {
                    case .success(let message): return (place, nil, message)
                    case .failure(let reason):
                        return (place, entry.receipt(reason, of: request, by: acceptance, now: now), nil)
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        .sorted { $0.0 < $1.0 }
        return Slice(messages: results.compactMap(\.2), receipts: results.compactMap(\.1))
    }

    private func message(
        _ entry: BatchEntry, of batch: AppBatch, by acceptance: Acceptance, now: Date
    ) async throws(StoreFailure) -> Result<AppSend, DeliveryReason> {
        var outgoing: Outgoing
        do throws(DeliveryReason) { outgoing = try entry.outgoing.get() } catch { return .failure(error) }
        outgoing.names = batch.names(ofRecipient: entry.place)
        do throws(StoreFailure) {
            let (destination, engagement) = try await correspondents.destination(
                of: outgoing, to: entry.recipient, from: acceptance.app, of: acceptance.project, now: now)
            return .success(acceptance.send(outgoing, to: destination, in: engagement, now: now))
        } catch {
            // What is wrong with one contact holds up no other.
            guard case .broken = error else { throw error }
            log.recipientFailed(entry.place, of: batch, error)
            return .failure(DeliveryReason(.internalError, "What the gateway has of the recipient cannot be read"))
        }
    }
}
