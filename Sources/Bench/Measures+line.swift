import ConfigurationReading

extension Measures {
    /// Messages the whole way, as fast as it goes.
    package func line() async throws -> String {
        let messages = messages ?? Self.messages
        let figures = try await Self.inFolder { folder, logger in
            try await LineBench(
                messages: messages, pictureBytes: picture, inFlight: inFlight, answerTime: .zero, store: store,
                dataDirectory: folder, logger: logger
            ).run()
        }
        return """
            \(messages) messages of \(picture) bytes, \(inFlight) in flight
            accepted   \(figures.accepted.text)
            submitted  \(figures.submitted.text)  \(rate(messages, in: figures.submitted)) messages/s  \
            \(cost(figures.submittedProcessorTime, of: messages)) CPU-seconds per 1,000
            reported   \(figures.reported.text)  \(cost(figures.reportedProcessorTime, of: messages)) CPU-seconds per 1,000, \
            submission included
            memory     \(figures.residentBytes / 1_000_000) MB resident at most
            MMSC       \(cost(figures.peerProcessorTime, of: messages)) CPU-seconds per 1,000 in its own process\
            \(figures.database.map { "\nPostgreSQL  " + text($0, of: messages) } ?? "")
            """
    }

    private func text(_ database: BenchDatabase.Growth, of messages: Int) -> String {
        let commits = (Double(database.commits) / Double(messages) * 1000).rounded() / 1000
        let written = "\(database.logBytes / messages) bytes of its log and \(commits) commits a message"
        guard let time = database.processorTime else { return written }
        return "\(cost(time, of: messages)) CPU-seconds per 1,000 in its own processes, \(written)"
    }
}
