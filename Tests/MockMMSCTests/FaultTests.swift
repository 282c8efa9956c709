import CurlHTTP
import MM7
import MockMMSC
import Testing

@Suite("Faults of the MMSC", .timeLimit(.minutes(1)))
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

    @Test("duplicate posts each report twice")
    func duplicate() async throws {
        let mmsc = mmsc { $0.duplicate = 1 }
        let vasp = TestVASP()

        try await vasp.serving { reports in
            try await mmsc.serving { url in
                mmsc.postReports(to: reports)
                _ = try await Submitter(to: url).submit()
                try await mmsc.journal.wait { $0.reportsAnswered == 2 }
            }
        }

        #expect(vasp.statuses == [.retrieved, .retrieved])
        #expect(Set(vasp.received.map(\.envelope.transactionID)).count == 2)
    }

    @Test("reorder posts the report before the SubmitRsp")
    func reorder() async throws {
        let mmsc = mmsc { $0.reorder = 1 }
        let vasp = TestVASP()

        let before = try await vasp.serving { reports in
            try await mmsc.serving { url in
                mmsc.postReports(to: reports)
                _ = try await Submitter(to: url).submit()
                return vasp.received.count
            }
        }

        #expect(before == 1)
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
}
