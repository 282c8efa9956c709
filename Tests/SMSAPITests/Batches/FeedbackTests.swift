import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite("Delivery feedback")
struct FeedbackTests {
    private let face = Face()

    private func batch(_ members: JSON = [:]) async throws -> String {
        try await face.batch((["to": ["12025550141", "12025550142"], "feedback_enabled": true] as JSON).with(members))
            .id
    }

    @Test(
        "it is answered 202 with nothing at all, and may be repeated",
        arguments: [[], ["+12025550141"], ["12025550142", "0012025550141", "12025550142"]] as [JSON])
    func taken(recipients: JSON) async throws {
        let path = "batches/\(try await batch())/delivery_feedback"

        for _ in 0..<2 {
            let answer = try await face.call(.post, path, ["recipients": recipients])

            #expect(answer.status == .accepted)
            #expect(answer.text.isEmpty)
            #expect(answer.headers[.contentType] == nil)
        }
    }

    @Test("it changes neither the batch nor its report")
    func changesNothing() async throws {
        let id = try await batch()
        let before = try await face.call(.get, "batches/\(id)").json
        face.clock.advance(by: .seconds(1))

        _ = try await face.call(.post, "batches/\(id)/delivery_feedback", ["recipients": []])

        #expect(try await face.call(.get, "batches/\(id)").json == before)
        #expect(try await face.statuses(of: id) == ["Queued 400 x 2"])
    }

    @Test("a batch that was sent to a group wants a number")
    func group() async throws {
        let group = try await face.group(["members": ["12025550151"]]).id
        let path = "batches/\(try await batch(["to": [.string(group)]]))/delivery_feedback"

        let everybody = try await face.call(.post, path, ["recipients": []])
        let member = try await face.call(.post, path, ["recipients": ["12025550151"]])

        #expect(try everybody.refusal == "400 syntax_constraint_violation")
        #expect(member.status == .accepted)
    }

    @Test("a batch that did not ask for it takes none")
    func notEnabled() async throws {
        let id = try await batch(["feedback_enabled": false])

        let answer = try await face.call(.post, "batches/\(id)/delivery_feedback", ["recipients": []])

        #expect(try answer.refusal == "400 syntax_constraint_violation")
        #expect(answer.text.contains("feedback_enabled"))
    }

    static let faults: [(JSON, String)] = [
        ([:], "400 syntax_constraint_violation"), (["recipients": nil], "400 syntax_constraint_violation"),
        (["recipients": "12025550141"], "400 syntax_invalid_json"), (["recipients": [5]], "400 syntax_invalid_json"),
        (["recipients": ["x"]], "400 syntax_invalid_parameter_format"),
        (["recipients": ["12025550141", "12025559999"]], "400 syntax_constraint_violation"),
        ([], "400 syntax_invalid_json"),
    ]

    @Test("a fault is refused, and no number is repeated", arguments: faults)
    func refused(body: JSON, refusal: String) async throws {
        let answer = try await face.call(.post, "batches/\(try await batch())/delivery_feedback", body)

        #expect(try answer.refusal == refusal)
        #expect(!answer.text.contains("1202555"))
    }
}
