import ConfigurationReading
import GatewayCore

extension RetentionRules {
    /// How long what has ended is kept. Events and attempts go with their batch at the latest.
    init(_ reader: ConfigurationReader) {
        var (batches, answers) = (Self.usual, Self.usual)
        reader.read("batches", .kept, into: &batches)
        let others = ["events", "attempts"].map { key in
            var span = min(Self.usual, batches)
            reader.read(key, .kept, into: &span)
            if span > batches, !reader.isFaulty("batches"), !reader.isFaulty(key) {
                reader.fault(
                    at: reader.path.member(key),
                    "must not be longer than retention.batches, which is \(batches.text): they go with their batch")
            }
            return span
        }
        reader.read("answers", .kept, into: &answers)
        self.init(batches: batches, events: others[0], attempts: others[1], answers: answers)
    }
}

extension ValueFormat<Duration> {
    /// A day to ten years. What a handset answers is looked for among the messages of the last days, so a day is little.
    fileprivate static var kept: Self { .duration(from: .seconds(86_400), to: .seconds(3650 * 86_400)) }
}
