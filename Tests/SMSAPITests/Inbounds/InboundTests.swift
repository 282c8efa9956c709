import DescribedAPI
import Doubles
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

extension Face {
    /// A message that came in `place` minutes ago.
    @discardableResult
    func insertInbound(
        _ place: Int, to: String = "12025550100", reference: String? = nil, owner: Owner = .servicePlan("shop")
    ) async throws -> String {
        let id = ULID(high: ULID("01KN6REDNT0000000000000002")?.high ?? 0, low: UInt64(5000 - place))
        try await store.insert(
            Inbound(
                id: id, owner: owner, from: "12025550141", to: to, receivedAt: clock.now() + .seconds(-60 * place),
                reference: reference, text: "Yes"))
        return id.description
    }
}

@Suite("Inbound messages")
struct InboundTests {
    private let face = Face()

    private func ids(_ query: String = "") async throws -> [String] {
        let answer = try await face.call(.get, "inbounds\(query)")
        #expect(answer.status == .ok, "\(answer.text)")
        return try answer.json["inbounds"]?.items?.map(\.id) ?? []
    }

    @Test("the newest come first, each as it is read alone")
    func newestFirst() async throws {
        let older = try await face.insertInbound(5)
        let newer = try await face.insertInbound(0)

        let listed = try await face.call(.get, "inbounds").json["inbounds"]?.items

        #expect(listed?.map(\.id) == [newer, older])
        #expect(try await face.call(.get, "inbounds/\(older)").json == listed?.last)
    }

    @Test(
        "they are filtered by the numbers they were sent to, in any spelling, and by their reference",
        arguments: [
            ("?to=12025550100", [0]), ("?to=+12025550100,40404", [0, 1]), ("?to=%2B12025550100&to=40404", [0, 1]),
            ("?to=00404", [2]), ("?to=1", []), ("?client_reference=r", [1]), ("?client_reference=r&to=12025550100", []),
            ("?client_reference=r&to=40404", [1]), ("?to=", [0, 1, 2]),
        ])
    func filters(query: String, places: [Int]) async throws {
        let ids = [
            try await face.insertInbound(0), try await face.insertInbound(1, to: "40404", reference: "r"),
            try await face.insertInbound(2, to: "00404"),
        ]

        #expect(try await self.ids(query) == places.map { ids[$0] })
    }

    @Test("a window is by the time of receipt, and reaches back a day unless it says otherwise")
    func window() async throws {
        let now = try await face.insertInbound(0)
        let dayOld = try await face.insertInbound(1440)
        let older = try await face.insertInbound(1441)

        #expect(try await ids() == [now, dayOld])
        #expect(try await ids("?start_date=2026-04-01") == [now, dayOld, older])
        #expect(try await ids("?start_date=2026-04-01&end_date=2026-04-01T09:30:00.250Z") == [older])
    }

    @Test("what belongs to one plan is not there for another")
    func isolation() async throws {
        let foreign = try await face.insertInbound(0, owner: .servicePlan("bare"))

        #expect(try await ids().isEmpty)
        #expect(try await face.call(.get, "inbounds/\(foreign)").refusal == "404 not_found")
        #expect(try await face.call(.get, "inbounds/\(foreign)", plan: "bare").status == .ok)
    }

    @Test("media is an array also where there is none, and what is not known is left out")
    func plain() async throws {
        let id = try await face.insertInbound(0)

        let inbound = try await face.call(.get, "inbounds/\(id)").json

        #expect(inbound.names == ["type", "id", "from", "to", "received_at", "body"])
        #expect(inbound["body"] == ["message": "Yes", "media": []])
    }
}
