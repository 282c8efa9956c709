import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite("Updates of batches")
struct UpdateTests {
    private let face = Face()

    /// Everything that an update may change, set.
    private static let full: JSON = [
        "to": ["12025550141", "12025550142"], "from": "Bakery", "delivery_report": "full",
        "send_at": "2026-04-03T00:00:00.000Z", "expire_at": "2026-04-04T00:00:00.000Z",
        "callback_url": "https://hooks.bakery.example/own", "client_reference": "easter", "feedback_enabled": true,
        "body": ["url": "https://media.bakery.example/cake.jpg", "subject": "Cake", "message": "Hi ${n}"],
        "parameters": ["n": ["default": "you"]], "strict_validation": true,
    ]

    private func update(_ id: String, _ members: JSON) async throws -> JSON {
        let answer = try await face.call(.post, "batches/\(id)", members)
        #expect(answer.status == .ok, "\(answer.text)")
        #expect(try await face.call(.get, "batches/\(id)").json == answer.json)
        return try answer.json
    }

    @Test("members that are absent keep their values; the time of the change is told")
    func absentKeeps() async throws {
        let old = try await face.batch(Self.full)
        face.clock.advance(by: .seconds(60))

        for body: JSON in [[:], ["type": "mt_media"], ["type": nil, "body": nil, "to_add": nil, "to_remove": nil]] {
            let new = try await update(old.id, body)

            #expect(new == old.with(["modified_at": "2026-04-02T09:31:00.250Z"]))
        }
    }

    static let resets: [(String, JSON?)] = [
        ("from", "12025550100"), ("delivery_report", "none"), ("send_at", nil), ("callback_url", nil),
        ("client_reference", nil), ("feedback_enabled", false), ("parameters", nil), ("strict_validation", nil),
        ("expire_at", "2026-04-06T00:00:00.000Z"),
    ]

    @Test("a member that is null goes back to its default", arguments: resets)
    func nullResets(member: String, value: JSON?) async throws {
        let old = try await face.batch(Self.full)

        let new = try await update(old.id, .object([member: .null]))

        #expect(new[member] == value)
        #expect(new == old.with(.object([member: value ?? .null])))
    }

    @Test("all of them null, as older clients send it")
    func allNull() async throws {
        let old = try await face.batch(Self.full)

        let new = try await update(old.id, .object(Dictionary(uniqueKeysWithValues: Self.resets.map { ($0.0, .null) })))

        #expect(new["expire_at"] == "2026-04-05T09:30:00.250Z")
        #expect(new["send_at"] == nil)
        #expect(
            new.names == [
                "id", "to", "from", "canceled", "body", "type", "created_at", "modified_at", "delivery_report",
                "expire_at",
                "feedback_enabled",
            ])
    }

    static let changes: [(String, JSON)] = [
        ("from", "40404"), ("delivery_report", "per_recipient"), ("send_at", "2026-04-03T12:00:00.000Z"),
        ("expire_at", "2026-04-05T23:59:59.999Z"), ("callback_url", "http://x.example/"), ("client_reference", ""),
        ("feedback_enabled", false), ("parameters", ["n": ["12025550141": "Ida"]]), ("strict_validation", false),
        ("body", ["url": "https://media.bakery.example/bread.jpg"]),
    ]

    @Test("a member that is present takes its value, the body as a whole", arguments: changes)
    func changed(member: String, value: JSON) async throws {
        let old = try await face.batch(Self.full)

        let new = try await update(old.id, .object([member: value]))

        #expect(new == old.with(.object([member: value])))
    }

    @Test("an end that was worked out moves with the beginning, one that was given stays")
    func ends() async throws {
        let open = try await face.batch(["send_at": "2026-04-03T00:00Z"])
        let given = try await face.batch(["send_at": "2026-04-03T00:00Z", "expire_at": "2026-04-05T00:00Z"])
        let move: JSON = ["send_at": "2026-04-04T00:00Z"]

        #expect(try await update(open.id, move)["expire_at"] == "2026-04-07T00:00:00.000Z")
        #expect(try await update(given.id, move)["expire_at"] == "2026-04-05T00:00:00.000Z")
    }

    @Test("what has nothing to do with the times does not make a batch live longer")
    func endStays() async throws {
        let old = try await face.batch()
        face.clock.advance(by: .seconds(3600))

        let new = try await update(old.id, ["client_reference": "late"])

        #expect(new["expire_at"] == "2026-04-05T09:30:00.250Z")
    }

    @Test("a batch that is to leave at once after all has three days from then, and they move with it again")
    func atOnce() async throws {
        let old = try await face.batch(["send_at": "2026-04-10T00:00Z"])
        face.clock.advance(by: .seconds(5 * 24 * 3600))

        let soon = try await update(old.id, ["send_at": nil])
        let later = try await update(old.id, ["send_at": "2026-04-09T00:00Z"])

        #expect(soon["expire_at"] == "2026-04-10T09:30:00.250Z")
        #expect(later["expire_at"] == "2026-04-12T00:00:00.000Z")
    }

    @Test("recipients are added, then removed; each counts once however it is written")
    func recipients() async throws {
        let old = try await face.batch(Self.full)
        let changes: JSON = [
            "to_add": ["+1 202 555 0143", "0012025550141", "12025550144", "12025550143"],
            "to_remove": ["+12025550142", "12025550144", "12025559999"],
        ]

        let new = try await update(old.id, changes)

        #expect(new["to"] == ["12025550141", "12025550143"])
        #expect(try await face.recipients(of: old.id) == ["12025550141", "12025550143"])
    }

    @Test("groups are added and removed by their ids, and their members with them")
    func groups() async throws {
        let group = try await face.group(["members": ["12025550150"]]).id
        let old = try await face.batch()

        let added = try await update(old.id, ["to_add": [.string(group)]])
        let withMembers = try await face.recipients(of: old.id)
        let removed = try await update(old.id, ["to_remove": [.string(group)]])

        #expect(added["to"] == ["12025550141", .string(group)])
        #expect(withMembers == ["12025550141", "12025550150"])
        #expect(removed["to"] == ["12025550141"])
        #expect(try await face.recipients(of: old.id) == ["12025550141"])
    }

    @Test("a group that was deleted can be taken out, and until then nothing else can be changed")
    func deletedGroup() async throws {
        let group = try await face.group(["members": ["12025550150"]]).id
        let old = try await face.batch(["to": ["12025550141", .string(group)], "send_at": "2026-04-03T00:00Z"])
        _ = try await face.call(.delete, "groups/\(group)")

        let refused = try await face.call(.post, "batches/\(old.id)", ["client_reference": "x"])
        let new = try await update(old.id, ["to_remove": [.string(group)]])

        #expect(try refused.refusal == "403 unknown_group")
        #expect(new["to"] == ["12025550141"])
    }

    @Test("of updates at the same time none is lost")
    func atTheSameTime() async throws {
        let old = try await face.batch()
        let numbers = (0..<8).map { "1202555015\($0)" }

        let statuses = try await face.session { caller in
            try await withThrowingTaskGroup { group in
                for number in numbers {
                    group.addTask {
                        try await caller.send(
                            .post, "/xms/v1/shop/batches/\(old.id)", body: #"{"to_add": ["\#(number)"]}"#
                        ).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }

        #expect(statuses.allSatisfy { $0 == .ok }, "\(statuses)")
        #expect(try await face.recipients(of: old.id) == ["12025550141"] + numbers)
    }
}
