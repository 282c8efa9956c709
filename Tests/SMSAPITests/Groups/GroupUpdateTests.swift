import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite("Updates of groups")
struct GroupUpdateTests {
    private let face = Face()

    private func update(_ id: String, _ members: JSON) async throws -> JSON {
        let answer = try await face.call(.post, "groups/\(id)", members)
        #expect(answer.status == .ok, "\(answer.text)")
        #expect(try await face.call(.get, "groups/\(id)").json == answer.json)
        return try answer.json
    }

    private func members(_ id: String) async throws -> [String]? {
        try await face.call(.get, "groups/\(id)/members").json.strings
    }

    @Test("numbers are added, then removed; what is there or not there already is ignored")
    func numbers() async throws {
        let group = try await face.group(["members": ["12025550141", "12025550142"]]).id
        face.clock.advance(by: .seconds(60))

        let new = try await update(
            group,
            ["add": ["+12025550143", "12025550141"], "remove": ["0012025550142", "12025550143", "12025559999"]])

        #expect(new["size"] == 1)
        #expect(new["modified_at"] == "2026-04-02T09:31:00.250Z")
        #expect(try await members(group) == ["12025550141"])
    }

    @Test("numbers of other groups are copied in and taken out, and stay where they were")
    func otherGroups() async throws {
        let group = try await face.group(["members": ["12025550141"]]).id
        let joining = try await face.group(["members": ["12025550142", "12025550143"]]).id
        let leaving = try await face.group(["members": ["12025550141", "12025550143"]]).id

        let new = try await update(
            group, ["add_from_group": .string(joining), "remove_from_group": .string(leaving)])

        #expect(new["size"] == 1)
        #expect(try await members(group) == ["12025550142"])
        #expect(try await members(joining)?.count == 2)
        #expect(try await members(leaving)?.count == 2)
    }

    @Test("a group may be added to itself, or emptied by itself")
    func itself() async throws {
        let group = try await face.group(["members": ["12025550141"]]).id

        #expect(try await update(group, ["add_from_group": .string(group)])["size"] == 1)
        #expect(try await update(group, ["remove_from_group": .string(group)])["size"] == 0)
    }

    @Test("what is absent stays, what is null of the name and the words goes")
    func nulls() async throws {
        let group = try await face.group(["name": "Regulars", "auto_update": ["to": "40404"]])

        #expect(try await update(group.id, [:]) == group)
        #expect(try await update(group.id, ["auto_update": nil])["auto_update"] == nil)
        #expect(try await update(group.id, ["auto_update": ["to": "50505"]])["auto_update"] == ["to": "50505"])
        #expect(try await update(group.id, ["name": nil])["name"] == nil)
        #expect(try await update(group.id, ["name": "Again"])["name"] == "Again")
    }

    @Test("everything that is not set is null, as one SDK sends it")
    func allNull() async throws {
        let child = JSON.string(try await face.group().id)
        let group = try await face.group(
            ["name": "Regulars", "members": ["12025550141"], "child_groups": [child], "auto_update": ["to": "40404"]])

        let new = try await update(
            group.id,
            [
                "add": ["12025550142"], "remove": nil, "name": nil, "add_from_group": nil, "remove_from_group": nil,
                "auto_update": nil, "child_groups_add": nil, "child_groups_remove": nil, "tags": nil,
            ])

        #expect(new["size"] == 2)
        #expect(new["name"] == nil)
        #expect(new["auto_update"] == nil)
        #expect(new["child_groups"] == [child])
    }

    @Test("child groups are added at the end, then removed")
    func children() async throws {
        let ids = [try await face.group(), try await face.group(), try await face.group()].map { JSON.string($0.id) }
        let group = try await face.group(["child_groups": [ids[0], ids[1]]]).id

        let new = try await update(
            group, ["child_groups_add": [ids[2], ids[0]], "child_groups_remove": [ids[1]]])

        #expect(new["child_groups"] == [ids[0], ids[2]])
    }

    @Test("more than ten child groups are refused")
    func tooManyChildren() async throws {
        var ids: [JSON] = []
        for _ in 0..<11 { ids.append(.string(try await face.group().id)) }
        let group = try await face.group(["child_groups": .array(ids.dropLast())]).id

        let made = try await face.call(.post, "groups", ["child_groups": .array(ids)])
        let added = try await face.call(.post, "groups/\(group)", ["child_groups_add": [ids[10]]])

        #expect(try made.refusal == "400 syntax_constraint_violation")
        #expect(try added.refusal == "400 syntax_constraint_violation")
    }

    static let unknown: JSON = "01KN6MZ5G0BAKERY0000000009"

    @Test(
        "a group that nobody has is refused, and nothing has changed",
        arguments: [
            ["add_from_group": unknown], ["remove_from_group": unknown], ["child_groups_add": [unknown]],
        ] as [JSON])
    func unknownGroup(members: JSON) async throws {
        let group = try await face.group(["members": ["12025550141"]])
        face.clock.advance(by: .seconds(1))

        let answer = try await face.call(.post, "groups/\(group.id)", members.with(["add": ["12025550142"]]))

        #expect(try answer.refusal == "403 unknown_group")
        #expect(try await face.call(.get, "groups/\(group.id)").json == group)
    }

    @Test("a child that is removed may be gone already")
    func goneChild() async throws {
        let group = try await face.group().id

        _ = try await update(group, ["child_groups_remove": [Self.unknown]])
    }

    static let faults: [(String, JSON, String)] = [
        ("name", "", "constraint_violation"), ("name", "Einundzwanzig Zeichen", "constraint_violation"),
        ("name", 5, "invalid_json"), ("add", "12025550141", "invalid_json"), ("add", [5], "invalid_json"),
        ("add", ["x"], "invalid_parameter_format"), ("remove", ["123456"], "invalid_parameter_format"),
        ("remove", .array((0...10_000).map { .string("\(12_025_500_000 + $0)") }), "constraint_violation"),
        ("add_from_group", "x", "invalid_parameter_format"), ("remove_from_group", ["x"], "invalid_json"),
        ("child_groups_add", ["12025550141"], "invalid_parameter_format"),
        ("child_groups_remove", ["x"], "invalid_parameter_format"), ("auto_update", "x", "invalid_json"),
        ("auto_update", [:], "constraint_violation"), ("auto_update", ["to": 40404], "invalid_json"),
        ("auto_update", ["to": "Bakery"], "invalid_parameter_format"),
        ("auto_update", ["to": "40404", "add": [:]], "constraint_violation"),
        ("auto_update", ["to": "40404", "add": ["first_word": ""]], "constraint_violation"),
        ("auto_update", ["to": "40404", "add": ["first_word": "two words"]], "constraint_violation"),
        ("auto_update", ["to": "40404", "remove": ["first_word": "sixteen_letters_"]], "constraint_violation"),
        (
            "auto_update", ["to": "40404", "add": ["first_word": "a", "second_word": "b c"]], "constraint_violation"
        ),
    ]

    @Test("a fault is refused, and nothing has changed", arguments: faults)
    func refused(member: String, value: JSON, code: String) async throws {
        let group = try await face.group(["name": "Regulars"])
        face.clock.advance(by: .seconds(1))

        let answer = try await face.call(.post, "groups/\(group.id)", .object([member: value]))

        #expect(try answer.refusal == "400 syntax_\(code)", "\(answer.text)")
        #expect(!answer.text.contains("12025550141"))
        #expect(try await face.call(.get, "groups/\(group.id)").json == group)
    }

    static let wholeFaults: [(String, JSON, String)] = [
        ("members", ["x"], "400 syntax_invalid_parameter_format"), ("members", [nil], "400 syntax_invalid_json"),
        ("name", "", "400 syntax_constraint_violation"), ("child_groups", ["x"], "400 syntax_invalid_parameter_format"),
        ("child_groups", [unknown], "403 unknown_group"), ("auto_update", [:], "400 syntax_constraint_violation"),
        ("tags", [1], "400 syntax_invalid_json"),
    ]

    @Test("a fault in a new group or in a replacement is refused, and nothing has changed", arguments: wholeFaults)
    func wholeRefused(member: String, value: JSON, refusal: String) async throws {
        let group = try await face.group(["name": "Regulars", "members": ["12025550141"]])
        face.clock.advance(by: .seconds(1))

        #expect(try await face.call(.post, "groups", .object([member: value])).refusal == refusal)
        #expect(try await face.call(.put, "groups/\(group.id)", .object([member: value])).refusal == refusal)
        #expect(try await face.call(.get, "groups").json["groups"] == [group])
    }
}
