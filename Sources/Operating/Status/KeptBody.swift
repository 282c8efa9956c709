import ConfigurationReading
import GatewayCore

/// What the store keeps, and since when, as `status` shows it.
struct KeptBody: Sendable, Encodable, Equatable {
    /// When the oldest batch was made; nil for none.
    let batchesSince: String?
    /// The most batches that there can be.
    let batches: Int
    /// When the oldest event happened.
    let eventsSince: String?
    let events: Int
    /// How long each is kept after its end, as the configuration has it.
    let batchesRetention: String
    let eventsRetention: String

    /// Nil where nothing is kept.
    init?(_ span: KeptSpan, _ rules: RetentionRules) {
        guard span.oldestBatch != nil || span.oldestEvent != nil else { return nil }
        batchesSince = span.oldestBatch?.inUTC
        batches = span.batches
        eventsSince = span.oldestEvent?.inUTC
        events = span.events
        batchesRetention = rules.batches.text
        eventsRetention = rules.events.text
    }

    enum CodingKeys: String, CodingKey {
        case batchesSince = "batches_since"
        case batches
        case eventsSince = "events_since"
        case events
        case batchesRetention = "batches_retention"
        case eventsRetention = "events_retention"
    }

    /// The lines for a person.
    var lines: [String] {
        let kinds = [
            ("batches kept      ", batches, batchesSince, "retention.batches", batchesRetention),
            ("events kept       ", events, eventsSince, "retention.events", eventsRetention),
        ]
        return kinds.compactMap { title, count, since, key, span in
            since.map { "\(title)\(count) at most, since \($0) (\(key) is \(span))" }
        }
    }
}
