import Foundation
import Testing

@testable import CustomerServing

@Suite("What an update says of a member")
struct ChangeTests {
    private struct Update: Decodable {
        let name: Change<String>
        let colour: Result<Change<Colour>, MalformedRequest>

        enum Colour: String, CaseIterable {
            case red, blue
        }

        enum CodingKeys: String, CodingKey {
            case name, colour
        }

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            name = try members.change(.name)
            colour = Result { () throws(MalformedRequest) in
                try members.change(.colour) { members, key in try members.decodeWord(forKey: key) }
            }
        }
    }

    private func read(_ body: String) throws -> Update {
        try MalformedRequest.decode(Update.self, from: Array(body.utf8))
    }

    @Test("a member that always has a value goes back to its default for null")
    func always() {
        let changes: [Change<Int>] = [.kept, .null, .set(3)]

        #expect(changes.map { $0.value(instead: 1, byDefault: 2) } == [1, 2, 3])
    }

    @Test(
        "absent keeps it, null takes it back, a value sets it",
        arguments: [
            ("{}", Change<String>.kept, "old"), (#"{"name": null}"#, .null, nil),
            (#"{"name": "new"}"#, .set("new"), "new"),
        ] as [(String, Change<String>, String?)])
    func member(body: String, change: Change<String>, after: String?) throws {
        var name: String? = "old"

        let update = try read(body)
        update.name.apply(to: &name)

        #expect(update.name == change)
        #expect(name == after)
    }

    @Test("a value of the wrong type is a fault, which can be kept for later")
    func wrongType() throws {
        #expect(throws: MalformedRequest.invalidJSON(at: "name", "must be a string")) { try read(#"{"name": 7}"#) }
        #expect(
            try read(#"{"colour": "pink"}"#).colour
                == .failure(.invalidJSON(at: "colour", "must be one of red, blue")))
        #expect(try read(#"{"colour": "red"}"#).colour == .success(.set(.red)))
    }
}
