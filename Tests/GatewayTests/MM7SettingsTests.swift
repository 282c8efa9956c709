import GatewayConfiguration
import HTTPServing
import MM7Endpoint
import Testing

@testable import Gateway

@Suite("The server that MMSCs post to, as configured")
struct MM7SettingsTests {
    @Test("the endpoint knows when the server ends a request, and the server what to say then")
    func deadlines() {
        var mm7 = Configuration().mm7
        mm7.requestTimeout = .seconds(40)
        mm7.answerTimeout = .seconds(300)
        mm7.memoryLimitBytes = 4 << 20

        #expect(mm7.listener.requestDeadline == .seconds(40))
        #expect(mm7.limits.requestDeadline == .seconds(40))
        #expect(mm7.limits.patience == .seconds(300))
        #expect(mm7.limits.memoryBytes == 4 << 20)
        #expect(mm7.listener.refusalForm.bytes(.late) == MM7Endpoint.refusalForm.bytes(.late))
    }
}
