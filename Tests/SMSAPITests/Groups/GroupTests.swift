import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite("Groups")
struct GroupTests {
    private let face = Face()

    private func members(_ id: String) async throws -> [String]? {
        let answer = try await face.call(.get, "groups/\(id)/members")
        #expect(answer.status == .ok)
        return try answer.json.strings
    }

    @Test(
        "a group of nothing can be made in every way that clients do", arguments: [nil, "", "{}", #"{"name": null}"#])
    func ofNothing(body: String?) async throws {
        let answer = try await face.send(
            .post, "/xms/v1/shop/groups", type: body == nil ? nil : "application/json", body: body)

        #expect(answer.status == .created)
        let group = try answer.json
        #expect(group.names == ["id", "size", "created_at", "modified_at", "child_groups"])
        #expect(group["size"] == 0)
        #expect(group["child_groups"] == [])
        #expect(try await members(group.id) == [])
    }

    @Test("numbers count once, however they are written, and come back in one form")
    func numbers() async throws {
        let group = try await face.group(["members": ["+1 202 555 0142", "0012025550141", "12025550142"]])

        #expect(group["size"] == 2)
        #expect(try await members(group.id) == ["12025550141", "12025550142"])
    }

    @Test("ten thousand numbers are taken, and one more is not")
    func many() async throws {
        let numbers = (0...10_000).map { JSON.string("\(12_025_500_000 + $0)") }

        let tooMany = try await face.call(.post, "groups", ["members": .array(numbers)])
        let group = try await face.group(["members": .array(numbers.dropLast())])
        let more = try await face.call(.post, "groups/\(group.id)", ["add": .array([numbers[10_000]])])
        let known = try await face.call(.post, "groups/\(group.id)", ["add": .array(numbers.dropLast())])

        #expect(try tooMany.refusal == "400 syntax_constraint_violation")
        #expect(group["size"] == 10_000)
        #expect(try more.refusal == "400 syntax_constraint_violation")
        #expect(known.status == .ok)
    }

    @Test("a name is one group's of the plan, also after a change, and free again after a deletion")
    func names() async throws {
        let first = try await face.group(["name": "Regulars"]).id
        let second = try await face.group(["name": "regulars"]).id

        let foreign = try await face.call(.post, "groups", ["name": "Regulars"], plan: "bare")
        #expect(foreign.status == .created)
        for refused in [
            try await face.call(.post, "groups", ["name": "Regulars"]),
            try await face.call(.post, "groups/\(second)", ["name": "Regulars"]),
            try await face.call(.put, "groups/\(second)", ["name": "Regulars", "members": []]),
        ] {
            #expect(try refused.refusal == "403 conflict_group_name")
        }
        #expect(try await face.call(.post, "groups/\(first)", ["name": "Regulars"]).status == .ok)
        #expect(try await face.call(.put, "groups/\(first)", ["name": "Regulars"]).status == .ok)
        _ = try await face.call(.delete, "groups/\(first)")
        #expect(try await face.call(.post, "groups/\(second)", ["name": "Regulars"]).status == .ok)
    }

    @Test(
        "a name has 1 to 20 characters of any kind", arguments: ["x", "Zwanzig Zeichen lang", "🎂🎂🎂🎂🎂🎂🎂🎂🎂🎂"])
    func name(name: String) async throws {
        let group = try await face.group(["name": .string(name)])

        #expect(group["name"] == .string(name))
        #expect(try await face.call(.get, "groups/\(group.id)").json == group)
    }

    @Test("child groups come back in their order, each once")
    func children() async throws {
        let first = JSON.string(try await face.group().id)
        let second = JSON.string(try await face.group().id)

        let parent = try await face.group(["child_groups": [second, first, second]])

        #expect(parent["child_groups"] == [second, first])
        #expect(parent["size"] == 0)
    }

    @Test("the words that join and leave come back as they were given, the number as text without its plus")
    func autoUpdate() async throws {
        let words: JSON = [
            "to": "+12025550100", "add": ["first_word": "JOIN", "second_word": "cake"],
            "remove": ["first_word": "LEAVE"],
        ]

        let group = try await face.group(["auto_update": words])
        let short = try await face.group(["auto_update": ["to": "00404", "add": nil]])

        #expect(group["auto_update"] == words.with(["to": "12025550100"]))
        #expect(short["auto_update"] == ["to": "00404"])
    }

    @Test("a replacement leaves nothing of before but the id and the age")
    func replaced() async throws {
        let child = JSON.string(try await face.group().id)
        let old = try await face.group([
            "name": "Regulars", "members": ["12025550141"], "child_groups": [child], "auto_update": ["to": "40404"],
        ])
        face.clock.advance(by: .seconds(60))

        let new = try await face.call(.put, "groups/\(old.id)", ["members": ["12025550142", "12025550143"]])

        #expect(new.status == .ok)
        #expect(
            try new.json == [
                "id": .string(old.id), "size": 2, "created_at": "2026-04-02T09:30:00.250Z",
                "modified_at": "2026-04-02T09:31:00.250Z", "child_groups": [],
            ])
        #expect(try await members(old.id) == ["12025550142", "12025550143"])
    }

    @Test("a deletion is answered 200 with nothing at all, and the group is gone")
    func deleted() async throws {
        let id = try await face.group(["members": ["12025550141"]]).id

        let answer = try await face.call(.delete, "groups/\(id)")

        #expect(answer.status == .ok)
        #expect(answer.text.isEmpty)
        #expect(answer.headers[.contentType] == nil)
        for (method, path) in [
            (HTTPRequest.Method.get, ""), (.get, "/members"), (.get, "/tags"), (.delete, ""), (.post, ""), (.put, ""),
        ] {
            let body: JSON? = method == .get || method == .delete ? nil : [:]
            #expect(try await face.call(method, "groups/\(id)\(path)", body).refusal == "404 not_found")
        }
        #expect(try await face.call(.get, "groups").json["count"] == 0)
        #expect(
            try await face.call(.post, "batches", Face.goodBody.with(["to": [.string(id)]])).refusal
                == "403 unknown_group")
    }

    @Test("a deleted group is a child of none any more")
    func deletedChild() async throws {
        let child = try await face.group(["members": ["12025550141"]]).id
        let parent = try await face.group(["child_groups": [.string(child)]]).id

        _ = try await face.call(.delete, "groups/\(child)")

        #expect(try await face.call(.get, "groups/\(parent)").json["child_groups"] == [])
    }

    @Test("what belongs to one plan is not there for another")
    func isolation() async throws {
        let id = try await face.group(["name": "Regulars"]).id

        for (method, path) in [
            (HTTPRequest.Method.get, ""), (.get, "/members"), (.get, "/tags"), (.delete, ""), (.post, ""), (.put, ""),
        ] {
            let body: JSON? = method == .get || method == .delete ? nil : [:]
            #expect(try await face.call(method, "groups/\(id)\(path)", body, plan: "bare").refusal == "404 not_found")
        }
        #expect(try await face.call(.get, "groups", plan: "bare").json["count"] == 0)
        for body: JSON in [["child_groups": [.string(id)]], ["members": [], "child_groups": [.string(id)]]] {
            #expect(try await face.call(.post, "groups", body, plan: "bare").refusal == "403 unknown_group")
        }
        let batch = Face.goodBody.with(["to": [.string(id)]])
        #expect(try await face.call(.post, "batches", batch, plan: "bare").refusal == "403 unknown_group")
    }
}
