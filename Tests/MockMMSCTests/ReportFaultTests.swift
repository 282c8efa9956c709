import MM7
import MockMMSC
import Testing

@Suite("Faults of the MMSC's reports", .timeLimit(.minutes(5)))
struct ReportFaultTests {
    /// The reports on one message, and the counts once so many of them were answered.
    private func reports(
        _ answered: Int, answering words: [StatusCode] = [.success], _ change: (inout Faults) -> Void
    ) async throws -> (reports: [DeliveryReportReq], transactionIDs: [String?], counts: Counts) {
        var configuration = MockMMSC.Configuration()
        configuration.reportDelay = .zero
        change(&configuration.faults)
        let mmsc = MockMMSC(configuration, random: SeededGenerator(seed: 1))
        let vasp = TestVASP(answering: words)
        let counts = try await vasp.serving { reports in
            try await mmsc.serving { url in
                mmsc.postReports(to: reports)
                _ = try await Submitter(to: url).submit()
                return try await mmsc.journal.wait { $0.reportsAnswered == answered }
            }
        }
        return (vasp.reported, vasp.received.map(\.envelope.transactionID), counts)
    }

    @Test("duplicate posts each report twice")
    func duplicate() async throws {
        let (reports, transactionIDs, counts) = try await reports(2) { $0.duplicate = 1 }

        #expect(reports.map(\.mmStatus) == [.retrieved, .retrieved])
        #expect(Set(transactionIDs).count == 2)
        #expect(counts.reportsDuplicated == 1)
    }

    @Test("reorder posts the report before the SubmitRsp")
    func reorder() async throws {
        var configuration = MockMMSC.Configuration()
        configuration.faults.reorder = 1
        let mmsc = MockMMSC(configuration)
        let vasp = TestVASP()

        let before = try await vasp.serving { reports in
            try await mmsc.serving { url in
                mmsc.postReports(to: reports)
                _ = try await Submitter(to: url).submit()
                return vasp.received.count
            }
        }

        #expect(before == 1)
        #expect(mmsc.journal.counts.reportsEarly == 1)
    }

    @Test("swap exchanges Sender and Recipient")
    func swap() async throws {
        let (reports, _, counts) = try await reports(1) { $0.swap = 1 }

        #expect(reports.first?.sender?.normalized == "15550100001")
        #expect(reports.first?.recipient?.normalized == "55512")
        #expect(counts.reportsSwapped == 1)
    }

    @Test("national writes the recipient's number in another form")
    func national() async throws {
        let (reports, _, counts) = try await reports(1) { $0.national = 1 }

        #expect(reports.first?.recipient?.value == "+15550100001/TYPE=PLMN")
        #expect(counts.reportsNational == 1)
    }

    @Test("deferred posts a Deferred report before the final one")
    func deferred() async throws {
        let (reports, transactionIDs, counts) = try await reports(2) { $0.deferred = 1 }

        #expect(reports.map(\.mmStatus) == [.deferred, .retrieved])
        #expect(Set(transactionIDs).count == 2)
        #expect(counts.reportsDeferred == 1)
    }

    @Test("unknown-first posts one of another MessageID before, whose answer does not matter")
    func unknownFirst() async throws {
        let (reports, _, counts) = try await reports(1, answering: [.messageIDNotFound, .success]) {
            $0.unknownFirst = 1
        }

        #expect(Set(reports.map(\.messageID)).count == 2)
        #expect(reports.first?.messageID.hasPrefix("unknown-") == true)
        #expect(counts.reportsPosted == 2)
        #expect(counts.reportsUnknown == 1)
        #expect(counts.reportsGivenUp == 0)
    }

    @Test("late-failure posts an Expired report after the Retrieved one")
    func lateFailure() async throws {
        let (reports, _, counts) = try await reports(2) { $0.lateFailure = 1 }

        #expect(reports.map(\.mmStatus) == [.retrieved, .expired])
        #expect(Set(reports.map(\.messageID)).count == 1)
        #expect(counts.reportsLate == 1)
    }

    @Test("all of them together come in their order")
    func together() async throws {
        let (reports, transactionIDs, _) = try await reports(3) {
            $0.unknownFirst = 1
            $0.deferred = 1
            $0.lateFailure = 1
            $0.sameTransaction = true
        }

        #expect(reports.map(\.mmStatus) == [.retrieved, .deferred, .retrieved, .expired])
        #expect(transactionIDs == ["report", "report", "report", "report"])
    }
}
