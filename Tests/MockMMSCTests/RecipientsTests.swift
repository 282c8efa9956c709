import MM7
import MockMMSC
import Testing

@Suite("Messages to several", .timeLimit(.minutes(5)))
struct RecipientsTests {
    private var configuration: MockMMSC.Configuration {
        var configuration = MockMMSC.Configuration()
        configuration.reportDelay = .zero
        return configuration
    }

    @Test(
        "a message to many has one MessageID and a report for each of them",
        arguments: [(MockMMSC.Checks.strict, 3), (.light, 3), (.light, 1000)])
    func reports(checks: MockMMSC.Checks, count: Int) async throws {
        var configuration = configuration
        configuration.checks = checks
        let mmsc = MockMMSC(configuration)
        let vasp = TestVASP()

        try await vasp.serving { reports in
            mmsc.postReports(to: reports)
            try await mmsc.serving { url in
                let answer = try await Submitter(to: url).submit(SampleSubmission(toSeveral: count))
                #expect(answer.envelope.status?.code == .success)
                try await mmsc.journal.wait { $0.reportsAnswered == count }
            }
        }

        #expect(vasp.reported.compactMap { $0.recipient?.normalized }.sorted() == SampleSubmission.numbers(count))
        #expect(Set(vasp.reported.map(\.messageID)).count == 1)
    }

    @Test("who is only shown gets no copy", arguments: MockMMSC.Checks.allCases)
    func shown(checks: MockMMSC.Checks) async throws {
        var configuration = configuration
        configuration.checks = checks
        let mmsc = MockMMSC(configuration)
        let recipients = Recipients(
            to: [Address(.number, "15550100009", isDisplayOnly: true)],
            bcc: [.msisdn("15550100001"), .msisdn("15550100002")])

        _ = try await mmsc.serving { url in
            try await Submitter(to: url).submit(SampleSubmission(recipients: recipients))
        }

        #expect(mmsc.journal.submissions.map(\.recipients) == [["15550100001", "15550100002"]])
    }

    @Test("strict checks refuse several who would be shown to each other")
    func shownToEachOther() async throws {
        let (one, other) = (Address.msisdn("15550100001"), Address.msisdn("15550100002"))
        for recipients in [
            Recipients(to: [one, other]), Recipients(cc: [one, other]), Recipients(to: [one], cc: [other]),
        ] {
            let answer = try await MockMMSC().serving { url in
                try await Submitter(to: url).submit(SampleSubmission(recipients: recipients))
            }

            #expect(answer.envelope.status?.code == .addressError)
        }
    }

    @Test("a message to more than the limit is refused with 3003", arguments: MockMMSC.Checks.allCases)
    func limit(checks: MockMMSC.Checks) async throws {
        var configuration = configuration
        configuration.recipientLimit = 2
        configuration.checks = checks
        let mmsc = MockMMSC(configuration)

        let (over, under) = try await mmsc.serving { url in
            let submitter = try Submitter(to: url)
            return (
                try await submitter.submit(SampleSubmission(transactionID: "a", toSeveral: 3)),
                try await submitter.submit(SampleSubmission(transactionID: "b", toSeveral: 2))
            )
        }

        #expect(over.envelope.status?.code == .multipleAddressesNotSupported)
        #expect(under.envelope.status?.code == .success)
        #expect(mmsc.journal.counts.refused == 1)
    }

    @Test("partial takes a message for some, names the others, reports on those alone, and says the same again")
    func partial() async throws {
        var configuration = configuration
        configuration.faults.partial = 1
        let mmsc = MockMMSC(configuration)
        let vasp = TestVASP()

        let (first, second) = try await vasp.serving { reports in
            mmsc.postReports(to: reports)
            return try await mmsc.serving { url in
                let submitter = try Submitter(to: url)
                let first = try await submitter.submit(SampleSubmission(toSeveral: 5))
                let second = try await submitter.submit(SampleSubmission(toSeveral: 5))
                let untaken = first.envelope.status?.details?.split(separator: " ").count ?? 0
                try await mmsc.journal.wait { $0.reportsAnswered == 5 - untaken }
                return (first, second)
            }
        }

        #expect(first.envelope.status?.code == .partialSuccess)
        #expect(first.envelope == second.envelope)
        let untaken = first.envelope.status?.details?.split(separator: " ").map { String($0) } ?? []
        #expect((1...4).contains(untaken.count))
        let reported = vasp.reported.compactMap { $0.recipient?.normalized }
        #expect((reported + untaken).sorted() == SampleSubmission.numbers(5))
        #expect(mmsc.journal.submissions.map(\.outcome) == [.partial, .repeated])
    }

    @Test("a message to one is never taken in part")
    func whole() async throws {
        var configuration = configuration
        configuration.faults.partial = 1

        let answer = try await MockMMSC(configuration).serving { url in try await Submitter(to: url).submit() }

        #expect(answer.envelope.status?.code == .success)
    }
}
