import GatewayCore
import Testing

@testable import CustomerServing

@Suite("Numbers of a request")
struct NumbersTests {
    @Test("a number is read in every form, and one that is none is not repeated")
    func numbers() throws {
        #expect(try MSISDN("+1 (202) 555-0141", member: "to").digits == "12025550141")
        let fault = #expect(throws: MalformedRequest.self) { try MSISDN("12025", member: "to[3]") }
        #expect(fault == .badFormat(at: "to[3]", "must be a number of 7 to 15 digits"))
    }

    @Test("a sender is a number, a short code or a name")
    func senders() throws {
        #expect(
            try ["12025550100", "54321", "Bakery"].map { try Originator($0, member: "from").text }
                == ["12025550100", "54321", "Bakery"])
        let fault = #expect(throws: MalformedRequest.self) { try Originator("The Bakery of Easter", member: "from") }
        #expect(fault == .badFormat(at: "from", "must be a number, a short code or a name of 1 to 11 characters"))
    }
}
