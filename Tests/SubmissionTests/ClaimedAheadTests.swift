import GatewayCore
import Testing

@testable import Submission

@Suite("What is claimed ahead of the wire")
struct ClaimedAheadTests {
    @Test("it is a part of the window, and nothing where a message in doubt is given up or a rate is kept")
    func ahead() {
        var mmsc = MMSC(name: "north", url: "http://127.0.0.1/", vaspID: "v", maxInFlight: 64)
        #expect(mmsc.claimedAhead == 4)

        mmsc.maxInFlight = 15
        #expect(mmsc.claimedAhead == 0)

        mmsc.maxInFlight = 64
        mmsc.onLostAnswer = .fail
        #expect(mmsc.claimedAhead == 0)

        mmsc.onLostAnswer = .resend
        mmsc.messagesPerSecond = 100
        #expect(mmsc.claimedAhead == 0)
    }
}
