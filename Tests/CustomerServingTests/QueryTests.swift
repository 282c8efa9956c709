import FoundationEssentials
import GatewayCore
import Testing

@testable import CustomerServing

@Suite("Queries")
struct QueryTests {
    @Test(
        "values are separated by commas or by being said again, without blanks around them",
        arguments: [
            ("to=a&to=b", ["a", "b"]), ("to=a,b", ["a", "b"]), ("to=+a+,,b%20&x=c", ["a", "b"]), ("to=", []), ("", []),
        ])
    func values(text: String, values: [String]) {
        #expect(QueryParameters(text).values("to") == values)
    }

    @Test(
        "a single value is the first that is not empty, as it is",
        arguments: [("x=&x=+a,b+&x=c", " a,b "), ("y=1", nil)])
    func single(text: String, value: String?) {
        #expect(QueryParameters(text).text("x") == value)
    }

    @Test("integers", arguments: [("n=7", 7), ("n=-7", -7), ("n=", nil), ("", nil)])
    func integer(text: String, value: Int?) throws {
        #expect(try QueryParameters(text).integer("n", in: -10...10) == value)
    }

    @Test(
        "what is no integer is of a bad format; one out of range, however long, is a violation",
        arguments: [
            ("x", MalformedRequest.badFormat(at: "n", "must be an integer")),
            ("1.0", .badFormat(at: "n", "must be an integer")), ("-", .badFormat(at: "n", "must be an integer")),
            ("11", .violation(at: "n", "must be 1 to 10, and is 11")),
            ("99999999999999999999", .violation(at: "n", "must be 1 to 10")),
            ("-99999999999999999999", .violation(at: "n", "must be 1 to 10")),
        ])
    func noInteger(value: String, fault: MalformedRequest) {
        #expect(throws: fault) { try QueryParameters("n=\(value)").integer("n", in: 1...10) }
    }

    @Test("flags are true or false in any case")
    func flags() throws {
        #expect(try QueryParameters("a=TRUE").flag("a") == true)
        #expect(try QueryParameters("a=False").flag("a") == false)
        #expect(try QueryParameters(nil).flag("a") == nil)
        #expect(throws: MalformedRequest.badFormat(at: "a", "must be true or false")) {
            try QueryParameters("a=1").flag("a")
        }
    }

    @Test(
        "times may have an offset whose plus sign was not encoded, and a blank before the time of day",
        arguments: [
            ("2026-03-09T14:05:11%2B02:00", "2026-03-09T12:05:11.000Z"),
            ("2026-03-09T14:05:11+02:00", "2026-03-09T12:05:11.000Z"),
            ("2026-03-09+14:05:11+02:00", "2026-03-09T12:05:11.000Z"),
            ("2026-03-09+14:05", "2026-03-09T14:05:00.000Z"), ("%202026-03-09+", "2026-03-09T00:00:00.000Z"),
        ])
    func times(text: String, time: String) throws {
        #expect(try QueryParameters("t=\(text)").time("t").map { Timestamp($0).text } == time)
    }

    @Test("what is no time is of a bad format")
    func noTime() {
        #expect(throws: MalformedRequest.badFormat(at: "t", "must be a time in ISO 8601")) {
            try QueryParameters("t=yesterday").time("t")
        }
    }
}
