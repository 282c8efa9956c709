import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite("Sending to groups")
struct GroupSendingTests {
    private let face = Face()

    @Test("the batch names the group, and its messages are its members, each number once")
    func atOnce() async throws {
        let child = try await face.group(["members": ["12025550152", "12025550141"]]).id
        let group = try await face.group(["members": ["12025550151", "12025550141"], "child_groups": [.string(child)]])
            .id
        let to: JSON = ["+12025550141", .string(group), .string(child), "12025550152", .string(group)]

        let batch = try await face.batch(["to": to])

        #expect(batch["to"] == ["12025550141", .string(group), .string(child), "12025550152"])
        #expect(try await face.recipients(of: batch.id) == ["12025550141", "12025550151", "12025550152"])
    }

    @Test("groups that name each other in a circle end")
    func circle() async throws {
        let first = try await face.group(["members": ["12025550151"]]).id
        let second = try await face.group(["members": ["12025550152"], "child_groups": [.string(first)]]).id
        _ = try await face.call(.post, "groups/\(first)", ["child_groups_add": [.string(second), .string(first)]])

        let batch = try await face.batch(["to": [.string(first)]])

        #expect(try await face.recipients(of: batch.id) == ["12025550151", "12025550152"])
    }

    @Test("what a group is when the batch begins counts, not what it was before")
    func scheduled() async throws {
        let group = try await face.group(["members": ["12025550151"]]).id
        let gone = try await face.group(["members": ["12025550152"]]).id
        let batch = try await face.batch(
            ["to": [.string(group), .string(gone), "12025550141"], "send_at": "2026-04-03T00:00Z"])
        #expect(try await face.recipients(of: batch.id) == ["12025550141"])

        _ = try await face.call(.post, "groups/\(group)", ["add": ["12025550153"], "remove": ["12025550151"]])
        _ = try await face.call(.delete, "groups/\(gone)")
        face.clock.advance(by: .seconds(24 * 3600))
        try await face.fetchMedia(of: batch.id)

        #expect(try await face.recipients(of: batch.id) == ["12025550141", "12025550153"])
        #expect(try await face.call(.get, "batches/\(batch.id)").json == batch)
    }

    @Test("a batch to a group without members is taken, and is over")
    func empty() async throws {
        let group = try await face.group().id

        let batch = try await face.batch(["to": [.string(group)]])

        #expect(try await face.statuses(of: batch.id).isEmpty)
        let update = try await face.call(.post, "batches/\(batch.id)", ["client_reference": "x"])
        #expect(try update.refusal == "403 batch_already_dispatched")
    }

    @Test("members get the values of their own numbers, and those without a value fail alone")
    func parameters() async throws {
        let group = try await face.group(["members": ["12025550151", "12025550152"]]).id
        let answer = try await face.call(
            .post, "batches/dry_run?per_recipient=true",
            Face.goodBody.with([
                "to": [.string(group)], "parameters": ["n": ["+12025550151": "Ida"]],
                "body": ["url": "https://m.example/a", "message": "Hi ${n}"],
            ]))

        #expect(
            try answer.json["per_recipient"]?.items?.map { $0["body"]?.string } == ["Hi Ida", "Hi ${n}"])
    }

    @Test("without an originator anywhere a batch to a group alone is refused")
    func originator() async throws {
        let group = try await face.group(plan: "bare").id

        let answer = try await face.call(
            .post, "batches", Face.goodBody.with(["to": [.string(group)], "from": nil]), plan: "bare")

        #expect(try answer.refusal == "400 syntax_constraint_violation")
    }
}
