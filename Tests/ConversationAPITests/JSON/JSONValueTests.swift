import CustomerServing
import Testing

@testable import ConversationAPI

@Suite("JSON of customers")
struct JSONValueTests {
    @Test(
        "it is written as it was read, but for blanks",
        arguments: [
            #"{"b":1,"a":[true,false,null,{}],"c":{"d":[]}}"#, #"[-1.50e+3,0,12345678901234567890]"#, #""""#, "null",
            #"{"text":"a \"quoted\" line\nand ü, 🍞 and \u0001"}"#,
        ])
    func roundTrip(text: String) throws {
        #expect(try JSONValue(Array(text.utf8)).text == text)
    }

    @Test("escapes are read as what they mean")
    func escapes() throws {
        let value = try JSONValue(Array(#" [ "\u00fc\ud83c\udf5e\/\b\f\n\r\t\\\"" , "plain" ] "#.utf8))

        #expect(value == ["ü🍞/\u{8}\u{C}\n\r\t\\\"", "plain"])
    }

    @Test("what is no JSON is refused", arguments: ["", "{", "{\"a\":1,}", "[1] 2", "{\"a\":1,\"a\":2}"])
    func noJSON(text: String) {
        #expect(throws: MalformedRequest.self) { try JSONValue(Array(text.utf8)) }
    }

    @Test("a member that is set keeps its place, a new one is the last, nil takes one away")
    func members() {
        var value: JSONValue = ["a": 1, "b": 2]

        value["a"] = 3
        value["c"] = 4
        value["b"] = nil

        #expect(value.text == #"{"a":3,"c":4}"#)
    }
}

@Suite("Update masks")
struct UpdateMaskTests {
    private static let resource: JSONValue = [
        "name": "a", "list": [1, 2], "policy": ["kind": "x", "days": 3], "id": "i",
    ]
    private static let names = ["name", "list", "policy"]

    @Test(
        "the members that are named change, and no others",
        arguments: [
            // Without a mask, those that are there; null goes back to the default.
            (nil, #"{"name":"b","id":"j"}"#, #"{"name":"b","list":[1,2],"policy":{"kind":"x","days":3},"id":"i"}"#),
            (nil, #"{"list":[7],"name":null}"#, #"{"list":[7],"policy":{"kind":"x","days":3},"id":"i"}"#),
            (nil, #"{"policy":{"days":4}}"#, #"{"name":"a","list":[1,2],"policy":{"days":4},"id":"i"}"#),
            ("name", #"{"name":"b","list":[]}"#, #"{"name":"b","list":[1,2],"policy":{"kind":"x","days":3},"id":"i"}"#),
            ("list", "{}", #"{"name":"a","policy":{"kind":"x","days":3},"id":"i"}"#),
            (
                "policy.days,name", #"{"policy":{"days":4,"kind":"y"},"name":"b"}"#,
                #"{"name":"b","list":[1,2],"policy":{"kind":"x","days":4},"id":"i"}"#
            ),
        ] as [(String?, String, String)])
    func changes(mask: String?, body: String, result: String) throws {
        let mask = UpdateMask(QueryParameters(mask.map { "update_mask=\($0)" }))

        let changed = try mask.applying(JSONValue(Array(body.utf8)), to: Self.resource, changing: Self.names)

        #expect(changed.text == result)
    }

    @Test("the older parameter may come several times")
    func olderParameter() {
        #expect(UpdateMask(QueryParameters("update_mask.paths=a&update_mask.paths=b.c")).paths == ["a", "b.c"])
    }

    @Test("a path to nothing that may change is refused", arguments: ["id", "nothing", "", "id.name"])
    func strangePath(path: String) {
        #expect(throws: InvalidRequest.self) {
            try UpdateMask(paths: [path]).applying([:], to: Self.resource, changing: Self.names)
        }
    }
}
