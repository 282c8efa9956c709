import FoundationEssentials

/// What was measured of one order.
package struct LifeFigures: Codable, Sendable {
    /// The order, in a line for a person.
    var name: String
    /// How many messages went each part of the way; all are the same.
    var accepted, submitted, reported, called: Int
    /// From the first POST to the last callback.
    var seconds: Double
    var messagesPerSecond: Double
    /// What the gateway alone took.
    var processorSecondsPerThousand: Double
    var acceptPerSecond: Double
    /// The time of one POST, in milliseconds.
    var acceptP50, acceptP99, acceptP999: Double
    /// To the disk, by the gateway, for one message.
    var writtenBytesPerMessage: Double
    /// Transactions of the store for one message.
    var commitsPerMessage: Double
    /// To a PostgreSQL server's write-ahead log, for one message.
    var logBytesPerMessage: Double?
    /// What that server's processes took; absent for a server that was not started for the measurement.
    var serverProcessorSecondsPerThousand: Double?
    /// What the gateway had at the end, and at most.
    var residentBytes, peakResidentBytes: Int
    /// For one message, by name; absent where there is no strace.
    var systemCalls: [String: Double]?
    /// The same done by libcurl and SQLite alone; absent where the store is another.
    var floor: LifeFloor?

    enum CodingKeys: String, CodingKey {
        case name, accepted, submitted, reported, called, seconds
        case messagesPerSecond = "messages_per_second"
        case processorSecondsPerThousand = "processor_seconds_per_1000"
        case acceptPerSecond = "accepted_batches_per_second"
        case acceptP50 = "accept_p50_ms"
        case acceptP99 = "accept_p99_ms"
        case acceptP999 = "accept_p999_ms"
        case writtenBytesPerMessage = "written_bytes_per_message"
        case commitsPerMessage = "commits_per_message"
        case logBytesPerMessage = "wal_bytes_per_message"
        case serverProcessorSecondsPerThousand = "server_processor_seconds_per_1000"
        case residentBytes = "resident_bytes"
        case peakResidentBytes = "peak_resident_bytes"
        case systemCalls = "system_calls_per_message"
        case floor
    }
}
