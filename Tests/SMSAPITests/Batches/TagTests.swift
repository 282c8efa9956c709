import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

/// Labels of older clients, of batches and of groups alike.
@Suite("Tags")
struct TagTests {
    private let face = Face()

    private func path(_ list: String, tags: JSON = nil) async throws -> String {
        let id = list == "groups" ? try await face.group(["tags": tags]).id : try await face.batch(["tags": tags]).id
        return "\(list)/\(id)/tags"
    }

    @Test("they are those of the request, or none", arguments: ["batches", "groups"])
    func given(list: String) async throws {
        #expect(try await face.call(.get, path(list)).json == ["tags": []])
        #expect(try await face.call(.get, path(list, tags: ["b", "a"])).json == ["tags": ["b", "a"]])
    }

    @Test("they are replaced, added and removed, each once", arguments: ["batches", "groups"])
    func changed(list: String) async throws {
        let path = try await path(list)

        #expect(try await face.call(.put, path, ["tags": ["a", "b", "ü"]]).json == ["tags": ["a", "b", "ü"]])
        #expect(
            try await face.call(.post, path, ["add": ["c", "a"], "remove": ["b", "c", "z"]]).json
                == ["tags": ["a", "ü"]])
        #expect(try await face.call(.post, path, ["add": ["d"], "remove": nil]).json == ["tags": ["a", "ü", "d"]])
        #expect(try await face.call(.get, path).json == ["tags": ["a", "ü", "d"]])
        #expect(try await face.call(.put, path, ["tags": []]).json == ["tags": []])
    }

    @Test(
        "what is malformed is refused", arguments: ["batches", "groups"],
        [
            (HTTPRequest.Method.put, [:], "400 syntax_constraint_violation"),
            (.put, ["tags": nil], "400 syntax_invalid_json"), (.put, ["tags": "a"], "400 syntax_invalid_json"),
            (.put, ["tags": .array((0...100).map { .string("\($0)") })], "400 syntax_constraint_violation"),
            (.put, ["tags": [.string(String(repeating: "x", count: 65))]], "400 syntax_constraint_violation"),
            (.post, ["add": [5]], "400 syntax_invalid_json"), (.post, ["remove": "a"], "400 syntax_invalid_json"),
        ] as [(HTTPRequest.Method, JSON, String)])
    func malformed(list: String, fault: (HTTPRequest.Method, JSON, String)) async throws {
        let path = try await path(list, tags: ["a"])

        #expect(try await face.call(fault.0, path, fault.1).refusal == fault.2)
        #expect(try await face.call(.get, path).json == ["tags": ["a"]])
    }

    @Test("a batch keeps its own through an update and a replacement, and an update made meanwhile is made again")
    func kept() async throws {
        let batch = try await face.batch(["tags": ["a"]]).id

        _ = try await face.call(.post, "batches/\(batch)", ["feedback_enabled": true])
        #expect(try await face.call(.get, "batches/\(batch)/tags").json == ["tags": ["a"]])
        _ = try await face.call(.put, "batches/\(batch)/tags", ["tags": ["b"]])
        #expect(try await face.call(.get, "batches/\(batch)").json["feedback_enabled"] == true)
        #expect(try await face.call(.put, "batches/\(batch)", Face.goodBody).status == .ok)
        #expect(try await face.call(.get, "batches/\(batch)/tags").json == ["tags": ["b"]])
        #expect(try await face.call(.get, "batches/\(batch)").json["feedback_enabled"] == false)
    }

    @Test("a replaced group has the tags of the replacement, or those it had")
    func replaced() async throws {
        let group = try await face.group(["tags": ["a"]]).id

        _ = try await face.call(.put, "groups/\(group)", ["members": []])
        #expect(try await face.call(.get, "groups/\(group)/tags").json == ["tags": ["a"]])
        _ = try await face.call(.put, "groups/\(group)", ["members": [], "tags": ["b"]])
        #expect(try await face.call(.get, "groups/\(group)/tags").json == ["tags": ["b"]])
    }

    @Test("what belongs to one plan has no tags for another", arguments: ["batches", "groups"])
    func isolation(list: String) async throws {
        let path = try await path(list, tags: ["a"])

        for method in [HTTPRequest.Method.get, .put, .post] {
            let body: JSON? = method == .get ? nil : ["tags": ["x"], "add": ["x"]]
            #expect(try await face.call(method, path, body, plan: "bare").refusal == "404 not_found")
        }
        #expect(try await face.call(.get, path).json == ["tags": ["a"]])
    }
}
