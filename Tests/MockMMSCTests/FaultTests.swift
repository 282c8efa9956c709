import CurlHTTP
import MM7
import MockMMSC
import Testing

@Suite("Faults of the MMSC", .timeLimit(.minutes(5)))
struct FaultTests {
    private func mmsc(_ change: (inout Faults) -> Void) -> MockMMSC {
        var configuration = MockMMSC.Configuration()
        configuration.reportDelay = .zero
        change(&configuration.faults)
        return MockMMSC(configuration, random: SeededGenerator(seed: 1))
    }

    @Test("refuse answers with the code asked for")
    func refuse() async throws {
        let mmsc = mmsc {
            $0.refuse = 1
            $0.refusal = StatusCode(rawValue: 3510)
        }

        let answer = try await mmsc.serving { url in try await Submitter(to: url).submit() }

        #expect(answer.envelope.status?.code.rawValue == 3510)
        #expect(mmsc.journal.submissions.map(\.outcome) == [.refused(StatusCode(rawValue: 3510))])
    }

    @Test("drop takes the message and closes the connection without a byte")
    func drop() async throws {
        let mmsc = mmsc { $0.drop = 1 }

        let failure = await #expect(throws: HTTPFailure.self) {
            try await mmsc.serving { url in try await Submitter(to: url).submit() }
        }

        #expect(failure?.kind == .connectionLost)
        #expect(failure?.requestMayHaveArrived == true)
        #expect(mmsc.journal.submissions.map(\.outcome) == [.dropped])
        #expect(mmsc.journal.submissions.first?.messageID != nil)
    }

    @Test("delay and slow take their time and change nothing else")
    func slow() async throws {
        let mmsc = mmsc {
            $0.delay = .milliseconds(30)
            $0.slow = .milliseconds(48)
        }
        let start = ContinuousClock.now

        let answer = try await mmsc.serving { url in try await Submitter(to: url).submit() }

        #expect(ContinuousClock.now - start >= .milliseconds(78))
        #expect(answer.envelope.status?.code == .success)
    }

    @Test("fault answers with a SOAP fault of the code asked for over HTTP 500, and takes nothing")
    func fault() async throws {
        let mmsc = mmsc {
            $0.fault = 1
            $0.refusal = StatusCode(rawValue: 3510)
        }

        let answer = try await mmsc.serving { url in try await Submitter(to: url).submit() }

        #expect(answer.status == 500)
        guard case .fault(let fault) = answer.envelope.body else { throw Unexpected() }
        #expect(fault.side == .relayServer)
        #expect(fault.error?.status.code.rawValue == 3510)
        #expect(answer.envelope.transactionID == "t-1")
        #expect(mmsc.journal.counts.faulted == 1)
        #expect(mmsc.journal.submissions.first?.messageID == nil)
    }

    @Test("html answers 502 with a page, and takes nothing")
    func html() async throws {
        let mmsc = mmsc { $0.html = 1 }

        let answer = try await mmsc.serving { url in
            try await Submitter(to: url).exchange(SampleSubmission().encoded())
        }

        #expect(answer.status == 502)
        #expect(answer.headers.first(named: "Content-Type") == "text/html")
        #expect(mmsc.journal.counts.html == 1)
        #expect(mmsc.journal.submissions.first?.messageID == nil)
    }

    @Test("deny answers right credentials as if they were wrong, and takes nothing")
    func deny() async throws {
        let mmsc = mmsc { $0.deny = 1 }

        let answer = try await mmsc.serving { url in try await Submitter(to: url).submit() }

        #expect(answer.status == 401)
        #expect(answer.envelope.status?.code == .improperIdentification)
        #expect(mmsc.journal.counts.denied == 1)
        #expect(mmsc.journal.counts.unauthorized == 0)
        #expect(mmsc.journal.submissions.first?.messageID == nil)
    }

    @Test("reset closes the connection before the body is read, and takes nothing")
    func reset() async throws {
        let mmsc = mmsc { $0.reset = 1 }

        let failure = await #expect(throws: HTTPFailure.self) {
            try await mmsc.serving { url in try await Submitter(to: url).submit() }
        }

        #expect(failure?.kind == .connectionLost)
        #expect(mmsc.journal.counts.reset >= 1)
        #expect(mmsc.journal.counts.received == 0)
    }

    @Test("half takes the message and closes the connection in the middle of the answer")
    func half() async throws {
        let mmsc = mmsc { $0.half = 1 }

        let failure = await #expect(throws: HTTPFailure.self) {
            try await mmsc.serving { url in try await Submitter(to: url).submit() }
        }

        #expect(failure?.kind == .connectionLost)
        #expect(failure?.requestMayHaveArrived == true)
        #expect(mmsc.journal.submissions.map(\.outcome) == [.half])
        #expect(mmsc.journal.submissions.first?.messageID != nil)
    }

    @Test("misaddress takes the message and answers under another TransactionID")
    func misaddress() async throws {
        let mmsc = mmsc { $0.misaddress = 1 }

        let answer = try await mmsc.serving { url in try await Submitter(to: url).submit() }

        #expect(answer.envelope.transactionID == "not-t-1")
        #expect(answer.envelope.status?.code == .success)
        #expect(mmsc.journal.submissions.map(\.outcome) == [.misaddressed])
        #expect(mmsc.journal.submissions.first?.messageID != nil)
    }

    @Test("hang takes the message and answers only after its time")
    func hang() async throws {
        let mmsc = mmsc {
            $0.hang = 1
            $0.hangTime = .milliseconds(50)
        }
        let start = ContinuousClock.now

        let answer = try await mmsc.serving { url in try await Submitter(to: url).submit() }

        #expect(ContinuousClock.now - start >= .milliseconds(50))
        #expect(answer.envelope.status?.code == .success)
        #expect(mmsc.journal.submissions.map(\.outcome) == [.hung])
    }

    @Test("a stop of the MMSC does not wait for an answer that hangs")
    func stop() async throws {
        let mmsc = mmsc {
            $0.hang = 1
            $0.hangTime = .seconds(3600)
        }

        try await mmsc.serving { url in
            let submitter = try Submitter(to: url)
            async let answer = submitter.submit()
            try await mmsc.journal.wait { $0.hung == 1 }
            await submitter.client.shutdown()
            _ = try? await answer
        }

        #expect(mmsc.journal.counts.received == 1)
    }

    @Test("a message whose answer is lost is reported once, however often it is repeated")
    func lost() async throws {
        let mmsc = mmsc {
            $0.drop = 0.4
            $0.half = 0.3
            $0.misaddress = 0.2
        }
        let vasp = TestVASP()

        let counts = try await vasp.serving { reports in
            try await mmsc.serving { url in
                mmsc.postReports(to: reports)
                let submitter = try Submitter(to: url)
                while mmsc.journal.counts.repeated < 6 { _ = try? await submitter.submit() }
                return try await mmsc.journal.wait { $0.reportsAnswered == 1 }
            }
        }

        let messageIDs = mmsc.journal.submissions.map(\.messageID)
        #expect(Set(messageIDs).count == 1)
        #expect(counts.dropped > 0 && counts.half > 0 && counts.misaddressed > 0)
        #expect(
            counts.received == counts.accepted + counts.repeated + counts.dropped + counts.half + counts.misaddressed)
        #expect(vasp.reported.map(\.messageID) == [messageIDs.first])
    }
}
