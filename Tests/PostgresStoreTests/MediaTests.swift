import Foundation
import GatewayCore
import PostgresServer
import StoreConformance
import Testing

@testable import PostgresStore
@testable import SQLStore

@Suite(
    "Media and keys in PostgreSQL", .enabled(if: TestServer.programs != nil, "PostgreSQL's server is not installed"))
struct MediaTests {
    private let picture = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) }

    private func withMedia(_ body: (PostgresMedia, PostgresDriver, TestServer.Place) async throws -> Void) async throws
    {
        let place = try await TestServer.shared.value.place()
        let driver = try PostgresDriver(place.server, as: .writer)
        defer { driver.close() }
        _ = try driver.migrate()
        let media = try await PostgresMedia.open(place.server)
        let result: Result<Void, any Error>
        do { result = .success(try await body(media, driver, place)) } catch { result = .failure(error) }
        await media.close()
        try result.get()
    }

    /// What may be a hash.
    private func hash(_ text: String) -> String { Array(text.utf8).hexadecimal }

    /// Dates content back.
    private func age(_ hash: String, by duration: Duration, on driver: PostgresDriver) throws {
        try driver.query(
            "UPDATE medium SET stored_at = stored_at - \(Int(duration.seconds * 1000)) WHERE hash = '\(hash)'",
            doing: "testing")
    }

    @Test("content is kept and read by another connection, and is uncompressed beside its row")
    func kept() async throws {
        try await withMedia { media, driver, place in
            let hash = hash("picture")
            try await media.keep(picture, as: hash)
            let other = try await PostgresMedia.open(place.server)

            #expect(try await other.bytes(of: hash) == picture)
            #expect(try await other.bytes(of: self.hash("none")) == nil)
            #expect(try await other.missing(among: [hash, self.hash("none")]) == [self.hash("none")])
            #expect(try await other.totalBytes() == picture.count)
            let storage = try driver.query(
                "SELECT attstorage FROM pg_attribute WHERE attrelid = 'medium'::regclass AND attname = 'content'",
                doing: "testing")
            #expect(storage.text(0, 0) == "e")
            await other.close()
        }
    }

    @Test("storing again renews the time and leaves the content as it lies; a young time stays")
    func renewed() async throws {
        try await withMedia { media, driver, _ in
            let hash = hash("picture")
            #expect(try await media.renew(hash) == false)
            try await media.keep(picture, as: hash)
            func version() throws -> String? {
                try driver.query("SELECT xmin FROM medium", doing: "testing").text(0, 0)
            }
            /// The oldest of the transactions that wrote the content.
            func writer() throws -> String? {
                let name = "(SELECT reltoastrelid::regclass FROM pg_class WHERE oid = 'medium'::regclass)"
                let table = try driver.query("SELECT \(name)", doing: "testing").text(0, 0)
                return try driver.query(
                    "SELECT string_agg(DISTINCT CAST(xmin AS TEXT), ' ') FROM \(table ?? "")", doing: "testing"
                ).text(0, 0)
            }
            let (first, content) = (try version(), try writer())

            #expect(try await media.renew(hash))
            try await media.keep(picture, as: hash)
            #expect(try version() == first)

            try age(hash, by: .seconds(1860), on: driver)
            let aged = try version()
            #expect(try await media.renew(hash))
            let renewed = try version()
            #expect(renewed != aged)
            try age(hash, by: .seconds(1860), on: driver)
            try await media.keep(picture, as: hash)

            #expect(try version() != renewed)
            #expect(try writer() == content)
            #expect(try await media.bytes(of: hash) == picture)
        }
    }

    @Test("the old is listed in slices and removed, the young is spared, also what became young since")
    func removed() async throws {
        try await withMedia { media, driver, _ in
            let names = ["a", "b", "c", "young"].map { hash($0) }
            for (number, name) in names.enumerated() {
                try await media.keep([UInt8](repeating: 1, count: number + 1), as: name)
                if number < 3 { try age(name, by: .seconds(20_000 - 1000 * number), on: driver) }
            }
            func slice(after last: SharedMedium?, now: Date = Date()) async throws -> [SharedMedium] {
                try await media.content(olderThan: .seconds(3600), now: now, after: last, limit: 2)
            }
            let first = try await slice(after: nil)
            #expect(first.map(\.hash) == Array(names[..<2]) && first.map(\.byteCount) == [1, 2])
            let second = try await slice(after: first.last)
            #expect(second.map(\.hash) == [names[2]])
            #expect(try await slice(after: second.last).isEmpty)
            // A gateway whose clock is behind finds nothing old.
            #expect(try await slice(after: nil, now: Date(timeIntervalSinceNow: -86_400)).isEmpty)

            #expect(try await media.renew(names[1]))
            let removed = try await media.remove(first + second)

            #expect(removed.map(\.hash) == [names[0], names[2]])
            #expect(try await media.missing(among: names) == [names[0], names[2]])
            #expect(try await media.remove([]).isEmpty)
        }
    }

    @Test("no call waits for the transaction of a writer")
    func besideWriter() async throws {
        try await withMedia { media, driver, _ in
            try driver.begin()
            _ = try driver.closePipeline()
            try await media.keep(picture, as: hash("picture"))
            _ = try await media.key("media.key", orKeep: [1])
            driver.rollBack()

            #expect(try await media.bytes(of: hash("picture")) == picture)
        }
    }

    @Test("two gateways that need a key at once have the same one")
    func oneKey() async throws {
        try await withMedia { media, _, place in
            let other = try await PostgresMedia.open(place.server)
            let keys = [UInt8](1...2).map { [UInt8](repeating: $0, count: 32) }
            #expect(try await media.key("media.key") == nil)

            async let one = media.key("media.key", orKeep: keys[0])
            async let two = other.key("media.key", orKeep: keys[1])
            let found = try await [one, two]

            #expect(found[0].octets == found[1].octets && keys.contains(found[0].octets))
            #expect(found.count { $0.isNew } == 1)
            #expect(try await other.key("media.key") == found[0].octets)
            await other.close()
        }
    }

    @Test("every statement goes by an index")
    func plans() async throws {
        try await withMedia { _, driver, _ in
            for query in MediumQuery.allCases {
                let text = PostgresText(query.sql)
                let values = text.parameters.map { _ in "NULL" }.joined(separator: ", ")
                try driver.query("PREPARE \(query) AS \(text.sql)", doing: "\(query)")
                let plan = try driver.query(
                    "EXPLAIN EXECUTE \(query)\(values.isEmpty ? "" : "(\(values))")", doing: "\(query)")
                let steps = (0..<plan.rowCount).compactMap { plan.text($0, 0) }
                #expect(!steps.contains { $0.contains("Seq Scan on") }, "\(query): \(steps)")
            }
        }
    }

    @Test("nothing is opened where no gateway has made the tables")
    func noTables() async throws {
        let place = try await TestServer.shared.value.place()
        await #expect(throws: StoreFailure.self) { try await PostgresMedia.open(place.server) }
    }
}
