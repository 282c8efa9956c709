import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite("Dry runs")
struct DryRunTests {
    private let face = Face()

    private func run(_ query: String = "", _ members: JSON = [:], plan: String = "shop") async throws -> JSON {
        let answer = try await face.call(.post, "batches/dry_run\(query)", Face.goodBody.with(members), plan: plan)
        #expect(answer.status == .ok, "\(answer.text)")
        return try answer.json
    }

    @Test("recipients are counted, each number once, and nothing is kept")
    func counts() async throws {
        let group = try await face.group(["members": ["12025550141", "12025550151"]]).id

        let result = try await run("", ["to": ["12025550141", .string(group), "12025550142", "+12025550142"]])

        #expect(result == ["number_of_recipients": 3, "number_of_messages": 3])
        #expect(try await face.batchCount == 0)
    }

    @Test(
        "details come when they are asked for, as many as are wanted",
        arguments: [
            ("", nil), ("?per_recipient=false", nil), ("?per_recipient=true", 3), ("?per_recipient=True", 3),
            ("?per_recipient=true&number_of_recipients=2", 2), ("?per_recipient=true&number_of_recipients=0", 0),
            ("?per_recipient=true&number_of_recipients=1000", 3), ("?number_of_recipients=2", nil),
        ])
    func details(query: String, count: Int?) async throws {
        let result = try await run(query, ["to": ["12025550141", "12025550142", "12025550143"]])

        #expect(result["per_recipient"]?.items?.count == count)
        #expect(result["number_of_recipients"] == 3)
    }

    @Test("a hundred details come unless it is said otherwise")
    func hundred() async throws {
        let numbers = (0..<150).map { JSON.string("\(12_025_561_000 + $0)") }

        let result = try await run("?per_recipient=true", ["to": .array(numbers)])

        #expect(result["per_recipient"]?.items?.count == 100)
        #expect(result["number_of_messages"] == 150)
    }

    @Test("a detail is the text as its recipient would read it, and how it would be written")
    func texts() async throws {
        let result = try await run(
            "?per_recipient=true",
            [
                "to": ["12025550141", "12025550142"], "body": ["url": "https://m.example/a", "message": "Hi ${n} €"],
                "parameters": ["n": ["12025550141": "Ana", "default": "🎂"]],
            ])

        #expect(
            result["per_recipient"] == [
                ["recipient": "12025550141", "body": "Hi Ana €", "number_of_parts": 1, "encoding": "text"],
                ["recipient": "12025550142", "body": "Hi 🎂 €", "number_of_parts": 1, "encoding": "unicode"],
            ])
    }

    @Test("a picture without a text has an empty one")
    func noText() async throws {
        let result = try await run("?per_recipient=true")

        #expect(
            result["per_recipient"] == [
                ["recipient": "12025550141", "body": "", "number_of_parts": 1, "encoding": "text"]
            ])
    }

    @Test("a text batch is tried as it would be sent")
    func text() async throws {
        let text: JSON = ["type": nil, "body": "Bread"]

        let taken = try await run("?per_recipient=true", text, plan: "text")
        let refused = try await face.call(.post, "batches/dry_run", Face.goodBody.with(text))

        #expect(taken["per_recipient"]?.items?.first?["body"] == "Bread")
        #expect(try refused.refusal == "403 unsupported_type")
    }

    @Test(
        "a query that cannot be read is refused",
        arguments: [
            ("?per_recipient=yes", "400 syntax_invalid_parameter_format"),
            ("?number_of_recipients=x", "400 syntax_invalid_parameter_format"),
            ("?number_of_recipients=-1", "400 syntax_constraint_violation"),
            ("?number_of_recipients=1001", "400 syntax_constraint_violation"),
        ])
    func query(query: String, refusal: String) async throws {
        #expect(try await face.call(.post, "batches/dry_run\(query)", Face.goodBody).refusal == refusal)
    }

    @Test("a fault is refused as for a batch", arguments: Fault.all)
    func faults(_ fault: Fault) async throws {
        var body = Face.goodBody
        body[fault.member] = fault.value

        let answer = try await face.call(.post, "batches/dry_run", body)

        #expect(try answer.refusal == "\(fault.status) \(fault.code)")
    }
}
