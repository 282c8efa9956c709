import ConfigurationReading
package import Trust

extension Configuration {
    package struct Submission: Sendable {
        /// The most SubmitReqs of one message before it fails. With the longest delay of ten minutes, five hundred of
        /// them outlast three days, the longest life of a message: an MMSC may be down for all of it.
        package var maxTries = 500
        /// The delay after the first transient failure; it doubles from there.
        package var firstDelay: Duration = .seconds(5)
        /// The longest delay between two tries.
        package var lastDelay: Duration = .seconds(600)
        /// The time from a message's expiry to the end of waiting for its report: then it is `unknown`.
        package var reportGrace: Duration = .seconds(6 * 3600)
        /// The memory of the contents of messages on their way, and of those kept for the next.
        package var contentMemoryBytes = 64 << 20
    }
}

extension Configuration.Submission {
    init(_ reader: ConfigurationReader) {
        reader.read("max_tries", .whole(1...10_000), into: &maxTries)
        reader.read("first_delay", .duration(from: .milliseconds(10), to: .seconds(86400)), into: &firstDelay)
        reader.read("last_delay", .duration(from: .milliseconds(10), to: .seconds(86400)), into: &lastDelay)
        reader.read("report_grace", .duration(from: .zero, to: .seconds(30 * 86400)), into: &reportGrace)
        reader.read("content_memory", .size(from: 1 << 20, to: 64 << 30), into: &contentMemoryBytes)
        reader.checkDelays(first: firstDelay, last: lastDelay)
    }
}

extension Configuration {
    package struct Webhooks: Sendable {
        /// The time from the first try to the second; it doubles from there.
        package var firstDelay: Duration = .seconds(5)
        /// The time from the first try to the last.
        package var lastDelay: Duration = .seconds(81920)
        /// How long one call may take.
        package var timeout: Duration = .seconds(15)
        /// The most calls without an answer yet; half of them at most for one customer.
        package var maxInFlight = 128
        /// How TLS is spoken with receivers and token servers.
        package var trust = TLSTrust()
    }
}

extension Configuration.Webhooks {
    init(_ reader: ConfigurationReader, _ general: TLSTrust) {
        reader.read("first_delay", .duration(from: .milliseconds(10), to: .seconds(86400)), into: &firstDelay)
        reader.read("last_delay", .duration(from: .milliseconds(10), to: .seconds(30 * 86400)), into: &lastDelay)
        reader.read("timeout", .duration(from: .milliseconds(100), to: .seconds(600)), into: &timeout)
        reader.read("max_in_flight", .whole(1...10_000), into: &maxInFlight)
        reader.changesAtOnce("tls")
        trust = reader.optionalObject("tls") { $0.trust(beside: general) } ?? general
        reader.checkDelays(first: firstDelay, last: lastDelay)
    }
}

extension ConfigurationReader {
    fileprivate func checkDelays(first: Duration, last: Duration) {
        if last < first { fault("last_delay", "must not be shorter than first_delay, which is \(first.text)") }
    }
}
