import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite("Refused updates of batches")
struct UpdateRefusalTests {
    private let face = Face()
    private static let json = "400 syntax_invalid_json"
    private static let format = "400 syntax_invalid_parameter_format"
    private static let constraint = "400 syntax_constraint_violation"

    static let faults: [(String, JSON, String)] = [
        ("type", "mt_text", constraint), ("type", "mt_binary", constraint), ("type", "mt_fax", json), ("type", 1, json),
        ("to_add", [], constraint), ("to_remove", [], constraint), ("to_add", "12025550142", json),
        ("to_add", .array((0...100).map { .string("\(12_025_561_000 + $0)") }), constraint),
        ("to_remove", .array((0...100).map { .string("\(12_025_561_000 + $0)") }), constraint),
        ("to_add", ["12ab"], format), ("to_remove", ["12ab"], format), ("to_add", [nil], json),
        ("to_add", ["01KN6MZ5G0BAKERY0000000001"], "403 unknown_group"), ("to_remove", ["12025550141"], constraint),
        ("from", "", format), ("from", 5, json), ("delivery_report", "always", json), ("send_at", "soon", format),
        ("expire_at", "2026-04-02T09:30:00.250Z", constraint), ("expire_at", "2026-04-09T00:00Z", constraint),
        ("send_at", "9999-12-31T00:00Z", constraint), ("callback_url", "x", format), ("callback_url", "", constraint),
        ("client_reference", .string(String(repeating: "x", count: 2049)), constraint), ("client_reference", 5, json),
        ("feedback_enabled", "no", json), ("strict_validation", 0, json), ("parameters", ["n": "x"], json),
        ("parameters", ["a b": ["default": "x"]], constraint), ("parameters", [], json),
        ("body", "text", json), ("body", ["message": "x"], constraint), ("body", ["url": ""], constraint),
        ("body", ["url": "ftp://x.example"], format), ("body", [:], constraint),
    ]

    @Test("a fault is refused and nothing has changed", arguments: faults)
    func refused(member: String, value: JSON, refusal: String) async throws {
        let old = try await face.batch()
        face.clock.advance(by: .seconds(1))

        let answer = try await face.call(.post, "batches/\(old.id)", .object([member: value]))

        #expect(try answer.refusal == refusal, "\(answer.text)")
        #expect(try await face.call(.get, "batches/\(old.id)").json == old)
    }

    @Test(
        "JSON whose fault is inside of a member is refused as JSON",
        arguments: [
            #"{"client_reference": "\ud800"}"#, #"{"client_reference": "\x"}"#, #"{"body": {"url": "\u12"}}"#,
            #"{"parameters": {"n": {"default": "\ud800"}}}"#, #"{"to_add": ["\ud800"]}"#, #"{"from": 01}"#,
            #"{"from": tru}"#, #"{"strict_validation": 1.5e}"#,
        ])
    func innerFault(body: String) async throws {
        let old = try await face.batch()

        let answer = try await face.send(.post, "/xms/v1/shop/batches/\(old.id)", body: body)

        #expect(try answer.refusal == Self.json, "\(answer.text)")
        #expect(try await face.call(.get, "batches/\(old.id)").json == old)
    }

    @Test("more than a thousand recipients in all are refused")
    func tooMany() async throws {
        let numbers = (0..<1000).map { JSON.string("\(12_025_561_000 + $0)") }
        let old = try await face.batch(["to": .array(numbers)])

        let more = try await face.call(.post, "batches/\(old.id)", ["to_add": ["12025550141"]])
        let exchanged = try await face.call(
            .post, "batches/\(old.id)", ["to_add": ["12025550141"], "to_remove": .array([numbers[0]])])

        #expect(try more.refusal == Self.constraint)
        #expect(more.text.contains("between 1 and 1000, and is 1001"))
        #expect(exchanged.status == .ok)
    }

    @Test("a report without anywhere to send it is refused, also when only the address goes")
    func callback() async throws {
        let old = try await face.batch(
            ["delivery_report": "full", "callback_url": "https://x.example/"], plan: "bare")

        let withoutAddress = try await face.call(.post, "batches/\(old.id)", ["callback_url": nil], plan: "bare")
        let withoutBoth = try await face.call(
            .post, "batches/\(old.id)", ["callback_url": nil, "delivery_report": nil], plan: "bare")

        #expect(try withoutAddress.refusal == "403 missing_callback_url")
        #expect(withoutBoth.status == .ok)
    }

    @Test("a plan without a default originator keeps the one that was given")
    func originator() async throws {
        let old = try await face.batch(plan: "bare")

        let answer = try await face.call(.post, "batches/\(old.id)", ["from": nil], plan: "bare")

        #expect(try answer.refusal == Self.constraint)
    }

    @Test("media that fails strict validation is refused")
    func strict() async throws {
        var face = face
        let old = try await face.batch()
        face.inspector = Inspector(fault: "is 2 MB, the limit is 1 MB")

        let answer = try await face.call(.post, "batches/\(old.id)", ["strict_validation": true])

        #expect(try answer.refusal == Self.constraint)
        #expect(answer.text.contains("'body.url': is 2 MB"))
    }

    @Test("media that was looked at before is looked at again only where the update names another")
    func looksOnce() async throws {
        let url = "https://media.bakery.example/cake.jpg"
        let old = try await face.batch(["strict_validation": true])

        _ = try await face.call(.post, "batches/\(old.id)", ["client_reference": "r"])
        #expect(face.inspector.urls == [url])

        _ = try await face.call(.post, "batches/\(old.id)", ["body": ["url": "https://media.bakery.example/b.jpg"]])
        #expect(face.inspector.urls == [url, "https://media.bakery.example/b.jpg"])
    }
}
