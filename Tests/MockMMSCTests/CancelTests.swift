import MM7
import MockMMSC
import Testing

@Suite("Taking a message back", .timeLimit(.minutes(5)))
struct CancelTests {
    private func cancel(_ messageID: String, at url: String, vasp: String? = "acme") async throws -> Envelope {
        let request = CancelReq(sender: SenderIdentification(vaspID: vasp, vasID: "news"), messageID: messageID)
        let envelope = Envelope(transactionID: "c-\(messageID)", body: .cancelReq(request))
        let answer = try await Submitter(to: url).post(try MessageWriter(profile: .standard).write(envelope))
        #expect(answer.envelope.transactionID == "c-\(messageID)" || answer.status == 500)
        return answer.envelope
    }

    private func messageID(_ answer: Envelope) throws -> String {
        guard case .submitRsp(let response) = answer.body else { throw Unexpected() }
        return try #require(response.messageID)
    }

    private struct Unexpected: Error {}

    @Test(
        "before its report a message is taken back, once and again, and is not reported",
        arguments: MockMMSC.Checks.allCases)
    func takenBack(checks: MockMMSC.Checks) async throws {
        var configuration = MockMMSC.Configuration()
        configuration.checks = checks
        configuration.reportDelay = .seconds(600)
        let mmsc = MockMMSC(configuration)

        try await mmsc.serving { url in
            mmsc.postReports(to: "http://127.0.0.1:1/")
            let messageID = try messageID(try await Submitter(to: url).submit(SampleSubmission()).envelope)
            for _ in 1...2 {
                let answer = try await cancel(messageID, at: url)
                #expect(answer.body == .cancelRsp(CancelRsp(status: ResponseStatus(.success, text: "Success"))))
            }
            #expect(try await cancel("never-1", at: url).status?.code == .messageIDNotFound)
        }

        let counts = mmsc.journal.counts
        #expect([counts.cancelsReceived, counts.cancelsAccepted, counts.cancelsUnknown] == [3, 2, 1])
        #expect(counts.received == 1 && counts.reportsPosted == 0)
    }

    @Test("a message that was reported stays")
    func tooLate() async throws {
        var configuration = MockMMSC.Configuration()
        configuration.reportDelay = .zero
        let mmsc = MockMMSC(configuration)

        try await TestVASP().serving { reports in
            mmsc.postReports(to: reports)
            try await mmsc.serving { url in
                let messageID = try messageID(try await Submitter(to: url).submit(SampleSubmission()).envelope)
                try await mmsc.journal.wait { $0.reportsAnswered == 1 }
                #expect(try await cancel(messageID, at: url).status?.code == .notPossible)
            }
        }

        #expect(mmsc.journal.counts.cancelsTooLate == 1)
    }

    @Test("where it is wanted, each recipient's copy is reported as Cancelled")
    func reported() async throws {
        var configuration = MockMMSC.Configuration()
        configuration.reportDelay = .seconds(600)
        configuration.reportsCancelled = true
        let mmsc = MockMMSC(configuration)
        let vasp = TestVASP()

        try await vasp.serving { reports in
            mmsc.postReports(to: reports)
            try await mmsc.serving { url in
                let answer = try await Submitter(to: url).submit(SampleSubmission(toSeveral: 3)).envelope
                #expect(try await cancel(try messageID(answer), at: url).status?.code == .success)
                try await mmsc.journal.wait { $0.reportsAnswered == 3 }
            }
        }

        #expect(vasp.reported.map(\.mmStatus) == [.cancelled, .cancelled, .cancelled])
    }

    @Test("strict checks refuse a CancelReq without VASPID")
    func violation() async throws {
        let mmsc = MockMMSC()

        let answer = try await mmsc.serving { url in try await cancel("m", at: url, vasp: nil) }

        #expect(answer.status?.code == .improperIdentification)
        #expect(mmsc.journal.counts.cancelViolations == 1)
    }
}
