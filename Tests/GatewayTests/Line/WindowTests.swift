import GatewayConfiguration
import GatewayCore
import MockMMSC
import TestPeers
import Testing

@testable import Gateway

@Suite("The window of an MMSC", .timeLimit(.minutes(5)))
struct WindowTests {
    @Test(
        "all places are used and no more, whether messages wait ahead of them or not",
        arguments: [MMSC.OnLostAnswer.resend, .fail])
    func window(rule: MMSC.OnLostAnswer) async throws {
        var peer = MockMMSC.Configuration.forTests
        // Long enough for all places to be taken, on a busy machine too.
        peer.faults.delay = .seconds(1)
        var north = MMSC.north
        north.maxInFlight = 32
        north.onLostAnswer = rule
        try await Line.run(mmsc: peer, north: north) { line in
            _ = try await line.send(to: (0..<80).map { "1555010\($0 + 1000)" })

            let counts = try await line.mmsc.journal.wait { $0.accepted == 80 }

            #expect(counts.mostOpen == 32)
        }
    }
}
