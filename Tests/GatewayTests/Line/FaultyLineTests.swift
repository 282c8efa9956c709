import GatewayConfiguration
import MockMMSC
import TestPeers
import Testing

@testable import Gateway

@Suite("The line against an MMSC that does all that MMSCs do", .timeLimit(.minutes(5)))
struct FaultyLineTests {
    @Test("nothing is lost and nothing is delivered twice")
    func accounts() async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.faults.fault = 0.05
        peer.faults.html = 0.05
        peer.faults.reset = 0.05
        peer.faults.drop = 0.05
        peer.faults.half = 0.05
        peer.faults.misaddress = 0.05
        peer.faults.reorder = 0.1
        peer.faults.duplicate = 0.2
        peer.faults.swap = 0.2
        peer.faults.national = 0.2
        peer.faults.deferred = 0.2
        peer.faults.unknownFirst = 0.2
        peer.faults.lateFailure = 0.2
        peer.faults.sameTransaction = true
        try await Line.run(mmsc: peer) { line in
            let numbers = (0..<100).map { "15550100\(100 + $0)" }
            _ = try await line.send(to: numbers, reporting: "summary")

            let seen = try await line.customer.wait { $0.calls.count == 1 }

            #expect(seen.calls.first?.contains(#"{"code":0,"status":"Delivered","count":100}"#) == true)
            let submissions = line.mmsc.journal.submissions
            #expect(Set(submissions.compactMap(\.messageID)).count == 100)
            #expect(Set(submissions.flatMap(\.recipients)) == Set(numbers))
            let counts = line.mmsc.journal.counts
            #expect(counts.accepted + counts.dropped + counts.half + counts.misaddressed + counts.repeated > 100)
            #expect(counts.violations == 0)
        }
    }
}
