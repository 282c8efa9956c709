import GatewayCore
import MockMMSC
import Testing

@testable import mm7_gateway

@Suite("The window of an MMSC", .timeLimit(.minutes(5)))
struct WindowTests {
    @Test(
        "all places are used and no more, whether messages wait ahead of them or not",
        arguments: [MMSC.OnLostAnswer.resend, .fail])
    func window(rule: MMSC.OnLostAnswer) async throws {
        var peer = MockMMSC.Configuration.forTests
        peer.faults.delay = .milliseconds(30)
        var north = MMSC.north
        north.maxInFlight = 16
        north.onLostAnswer = rule
        try await Line.run(mmsc: peer, north: north) { line in
            _ = try await line.send(to: (0..<200).map { "1555010\($0 + 1000)" })

            let counts = try await line.mmsc.journal.wait { $0.accepted == 200 }

            #expect(counts.mostOpen == 16)
        }
    }
}
