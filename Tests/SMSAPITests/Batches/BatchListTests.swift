import DescribedAPI
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite("The list of batches")
struct BatchListTests {
    private let face = Face()

    /// Batches of three senders, a minute apart, the newest last.
    private func insertThree() async throws -> [String] {
        var ids: [String] = []
        for (sender, reference) in [("12025550100", "a"), ("Bakery", "b"), ("40404", "a b")] {
            ids.append(try await face.batch(["from": .string(sender), "client_reference": .string(reference)]).id)
            face.clock.advance(by: .seconds(60))
        }
        return ids
    }

    private func list(_ query: String = "", plan: String = "shop") async throws -> JSON {
        let answer = try await face.call(.get, "batches\(query)", plan: plan)
        #expect(answer.status == .ok, "\(answer.text)")
        return try answer.json
    }

    private func ids(_ query: String) async throws -> [String] {
        try await list(query)["batches"]?.items?.map(\.id) ?? []
    }

    @Test("the newest come first, each as it is read alone")
    func newestFirst() async throws {
        let ids = try await insertThree()

        let batches = try #require(try await list()["batches"]?.items)

        #expect(batches.map(\.id) == ids.reversed())
        #expect(try await face.call(.get, "batches/\(ids[1])").json == batches[1])
    }

    @Test("without batches it is empty, not absent")
    func empty() async throws {
        #expect(try await list() == ["count": 0, "page": 0, "page_size": 0, "batches": []])
    }

    @Test(
        "senders are filtered by one, by several with commas, by several repeated, and in any spelling",
        arguments: [
            ("?from=12025550100", [0]), ("?from=%2B12025550100", [0]), ("?from=+12025550100", [0]),
            ("?from=0012025550100", [0]), ("?from=+12025550100,+40404", [2, 0]), ("?from=Bakery%2C40404", [2, 1]),
            ("?from=Bakery&from=40404", [2, 1]), ("?from=Bakery,%2040404&from=12025550100", [2, 1, 0]),
            ("?from=bakery", []), ("?from=12025559999", []), ("?from=", [2, 1, 0]), ("?from=,", [2, 1, 0]),
        ])
    func senders(query: String, places: [Int]) async throws {
        let ids = try await insertThree()

        #expect(try await self.ids(query) == places.map { ids[$0] })
    }

    @Test("a sender's name keeps the blanks within it", arguments: ["?from=BAKERY%20%26%20Co", "?from=BAKERY+%26+Co"])
    func blankInName(query: String) async throws {
        let batch = try await face.batch(["from": "BAKERY & Co"])

        #expect(try await ids(query) == [batch.id])
    }

    @Test(
        "a reference is filtered as a whole, with its letter case",
        arguments: [
            ("?client_reference=a", [0]), ("?client_reference=a%20b", [2]), ("?client_reference=a+b", [2]),
            ("?client_reference=A", []), ("?client_reference=a,b", []), ("?client_reference=", [2, 1, 0]),
            ("?client_reference=a&from=12025550100", [0]), ("?client_reference=a&from=Bakery", []),
        ])
    func reference(query: String, places: [Int]) async throws {
        let ids = try await insertThree()

        #expect(try await self.ids(query) == places.map { ids[$0] })
    }

    @Test(
        "a window takes what was created at its start and leaves what was created at its end",
        arguments: [
            ("?start_date=2026-04-02T09:31:00.250Z&end_date=2026-04-02T09:32:00.250Z", [1]),
            ("?start_date=2026-04-02T09:31:00.251Z", [2]), ("?end_date=2026-04-02T09:31:00.250Z", [0]),
            ("?start_date=2026-04-02T09:32:00.250Z&end_date=2026-04-02T09:30:00Z", []),
            ("?end_date=2026-04-02T09:31:00.250Z&client_reference=b", []),
            ("?start_date=2026-04-02T09:31:00.250Z&from=12025550100,Bakery", [1]),
        ])
    func window(query: String, places: [Int]) async throws {
        let ids = try await insertThree()

        #expect(try await self.ids(query) == places.map { ids[$0] })
    }

    @Test(
        "a time is taken in every form that clients send",
        arguments: [
            "2026-04-02T09:31:00.250Z", "2026-04-02T09:31:00Z", "2026-04-02T09:31Z", "2026-04-02T09:31",
            "2026-04-02T09:31:00.2500000Z", "2026-04-02T09:31:00.2500000", "2026-04-02T11:31:00%2B02:00",
            "2026-04-02T11:31:00+02:00", "2026-04-02T11:31:00%2B0200", "2026-04-02T07:31:00-02:00",
            "2026-04-02%2009:31:00%2B00:00", "2026-04-02+09:31:00%2B00:00", "2026-04-02+09:31:00+00:00",
            "2026-04-02%2009%3A31%3A00.250000%2B00%3A00", "2026-04-02 09:31:00.250Z",
        ])
    func timeForms(text: String) async throws {
        let ids = try await insertThree()

        #expect(try await self.ids("?start_date=\(text)") == [ids[2], ids[1]])
    }

    @Test("a date alone is the start of its day in UTC")
    func dates() async throws {
        let ids = try await insertThree()

        #expect(try await self.ids("?start_date=2026-04-02") == ids.reversed())
        #expect(try await self.ids("?start_date=2026-04-03").isEmpty)
        #expect(try await self.ids("?end_date=2026-04-02").isEmpty)
    }

    @Test("without a start it reaches back a day")
    func dayBack() async throws {
        let ids = try await insertThree()
        face.clock.advance(by: .seconds(24 * 3600 - 180))
        #expect(try await self.ids("").count == 3)

        face.clock.advance(by: .milliseconds(1))

        #expect(try await self.ids("") == [ids[2], ids[1]])
        #expect(try await self.ids("?start_date=2026-04-02") == ids.reversed())
    }

    @Test("batches of another plan are neither listed nor counted")
    func isolation() async throws {
        try await face.batch()
        let own = try await face.batch(plan: "bare")

        let list = try await list(plan: "bare")

        #expect(list["count"] == 1)
        #expect(list["batches"]?.items?.map(\.id) == [own.id])
    }
}
