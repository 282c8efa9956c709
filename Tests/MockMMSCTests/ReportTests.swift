import CurlHTTP
import Logging
import MM7
import MockMMSC
import ServiceLifecycle
import Testing

@Suite("Reports of the MMSC", .timeLimit(.minutes(5)))
struct ReportTests {
    private var configuration: MockMMSC.Configuration {
        var configuration = MockMMSC.Configuration()
        configuration.reportDelay = .milliseconds(5)
        configuration.reportRetryDelay = .milliseconds(5)
        return configuration
    }

    /// Submits to each recipient and returns when the counts are as wanted.
    private func submit(
        to recipients: [String] = ["15550100001"], _ mmsc: MockMMSC, _ vasp: TestVASP,
        until isSatisfied: @escaping @Sendable (Counts) -> Bool
    ) async throws -> Counts {
        try await vasp.serving { reports in
            mmsc.postReports(to: reports)
            return try await mmsc.serving { url in
                let submitter = try Submitter(to: url)
                for recipient in recipients {
                    _ = try await submitter.submit(SampleSubmission(transactionID: recipient, recipient: recipient))
                }
                return try await mmsc.journal.wait(until: isSatisfied)
            }
        }
    }

    @Test(
        "each message is reported, with credentials, in the words of the protocol",
        arguments: MockMMSC.Checks.allCases)
    func reported(checks: MockMMSC.Checks) async throws {
        var configuration = configuration
        configuration.checks = checks
        configuration.callbackLogin = BasicCredentials(username: "mmsc", password: "secret")
        let mmsc = MockMMSC(configuration)
        let vasp = TestVASP()

        _ = try await submit(mmsc, vasp) { $0.reportsAnswered == 1 }

        let received = try #require(vasp.received.first)
        #expect(received.authorization == "Basic bW1zYzpzZWNyZXQ=")
        #expect(received.envelope.transactionID?.isEmpty == false)
        guard case .deliveryReportReq(let report) = received.envelope.body else { throw Unexpected() }
        #expect(report.messageID == mmsc.journal.submissions.first?.messageID)
        #expect(report.recipient?.normalized == "15550100001")
        #expect(report.mmStatus == .retrieved)
        #expect(report.date != nil)
    }

    @Test("the recipient's last digits choose the fate")
    func statuses() async throws {
        var configuration = configuration
        configuration.reportedStatuses = ["9": .rejected, "99": .expired]
        let mmsc = MockMMSC(configuration)
        let vasp = TestVASP()

        _ = try await submit(to: ["15550100001", "15550100009", "15550100099"], mmsc, vasp) { $0.reportsAnswered == 3 }

        #expect(Set(vasp.statuses) == [.retrieved, .rejected, .expired])
    }

    @Test("a report is repeated under its TransactionID until it is answered with 1000")
    func repeated() async throws {
        let mmsc = MockMMSC(configuration)
        let vasp = TestVASP(answering: [.serviceUnavailable, .serverError, .success])

        let counts = try await submit(mmsc, vasp) { $0.reportsAnswered == 1 }

        #expect(counts.reportsPosted == 3)
        #expect(counts.reportsRepeated == 2)
        #expect(Set(vasp.received.map(\.envelope.transactionID)).count == 1)
    }

    @Test("a report is given up when its tries are used up, or at once when the answer says no")
    func givenUp() async throws {
        var configuration = configuration
        configuration.reportTries = 2

        let busy = try await submit(MockMMSC(configuration), TestVASP(answering: [.serviceUnavailable])) {
            $0.reportsGivenUp == 1
        }
        let unknown = try await submit(MockMMSC(configuration), TestVASP(answering: [.messageIDNotFound])) {
            $0.reportsGivenUp == 1
        }

        #expect(busy.reportsPosted == 2)
        #expect(unknown.reportsPosted == 1)
    }

    @Test("many reports are posted with few at a time")
    func many() async throws {
        var configuration = configuration
        configuration.checks = .light
        configuration.reportsInFlight = 3
        let recipients = (0..<100).map { "1555010\(1000 + $0)" }

        let counts = try await submit(to: recipients, MockMMSC(configuration), TestVASP()) { $0.reportsAnswered == 100 }

        #expect(counts.reportsPosted == 100)
    }

    @Test("a message that asks for no report gets none")
    func unasked() async throws {
        let mmsc = MockMMSC(configuration)
        let vasp = TestVASP()

        try await vasp.serving { reports in
            mmsc.postReports(to: reports)
            try await mmsc.serving { url in
                let submitter = try Submitter(to: url)
                _ = try await submitter.submit(SampleSubmission(transactionID: "a", wantsReport: false))
                _ = try await submitter.submit(SampleSubmission(transactionID: "b"))
                try await mmsc.journal.wait { $0.reportsAnswered == 1 }
            }
        }

        #expect(mmsc.journal.counts.accepted == 2)
        #expect(vasp.received.count == 1)
    }

    @Test("a graceful shutdown ends the MMSC, reports that wait included")
    func shutdown() async throws {
        var configuration = configuration
        configuration.reportDelay = .seconds(3600)
        configuration.callbackURL = "http://127.0.0.1:9/"
        let (ports, listening) = AsyncStream<Int>.makeStream()
        let mmsc = MockMMSC(configuration) { listening.yield($0) }
        let group = ServiceGroup(
            services: [mmsc], logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))

        async let end: Void = group.run()
        for await port in ports {
            _ = try await Submitter(to: "http://127.0.0.1:\(port)/").submit()
            break
        }
        await group.triggerGracefulShutdown()

        try await end
        #expect(mmsc.journal.counts.accepted == 1)
    }
}
