import HTTPServing
import MM7Endpoint
import Testing

@testable import mm7_gateway

@Suite("The server that MMSCs post to, as configured")
struct MM7SettingsTests {
    @Test("the endpoint knows when the server ends a request, and the server what to say then")
    func deadlines() throws {
        let text = #"mm7: {request_timeout: "40s", answer_timeout: "5m", memory_limit: "4MiB"},"#

        let mm7 = try ConfigurationFixture(text).load().mm7

        #expect(mm7.listener.requestDeadline == .seconds(40))
        #expect(mm7.limits.requestDeadline == .seconds(40))
        #expect(mm7.limits.patience == .seconds(300))
        #expect(mm7.limits.memoryBytes == 4 << 20)
        #expect(mm7.listener.refusalForm.bytes(.late) == MM7Endpoint.refusalForm.bytes(.late))
    }
}
