import CustomerServing
import Testing

@testable import ConversationAPI

@Suite("Metadata")
struct MetadataTests {
    @Test(
        "a merge patch does what RFC 7396 has in its table",
        arguments: [
            (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
            (#"{"a":"b"}"#, #"{"a":null}"#, "{}"), (#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
            (#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
            (#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
            (#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#), (#"["a","b"]"#, #"["c","d"]"#, #"["c","d"]"#),
            (#"{"a":"b"}"#, #"["c"]"#, #"["c"]"#), (#"{"a":"foo"}"#, "null", "null"),
            (#"{"a":"foo"}"#, #""bar""#, #""bar""#), (#"{"e":null}"#, #"{"a":1}"#, #"{"e":null,"a":1}"#),
            (#"[1,2]"#, #"{"a":"b","c":null}"#, #"{"a":"b"}"#),
            ("{}", #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
        ])
    func mergePatch(target: String, patch: String, result: String) throws {
        let merged = Metadata.patched(
            try #require(JSONValue(text: target)), with: try #require(JSONValue(text: patch)))

        #expect(merged.text == result)
    }

    @Test("metadata is replaced or merged, as the request says")
    func strategies() throws {
        #expect(try Metadata.updated(["a": 1], with: ["b": 2], .replace) == ["b": 2])
        #expect(try Metadata.updated(["a": 1], with: ["b": 2], .mergePatch) == ["a": 1, "b": 2])
        #expect(try Metadata.updated(nil, with: ["b": 2, "c": .null], .mergePatch) == ["b": 2])
    }

    @Test("what comes of merging has the limit of what is given")
    func limit() {
        let half = JSONValue.string(String(repeating: "x", count: 1500))

        #expect(throws: MalformedRequest.self) { try Metadata.updated(["a": half], with: ["b": half], .mergePatch) }
    }

    @Test("a message of a batch has the metadata of both, the recipient's over the batch's, and the batch's id")
    func batch() {
        let merged = Metadata.merged(
            ["a": 1, "_batch_id": "mine", "b": ["c": 1]], ["b": ["d": 2], "e": 3], batchID: "B")

        #expect(merged.text == #"{"a":1,"b":{"d":2},"e":3,"_batch_id":"B"}"#)
    }
}
