import Foundation
import GatewayCore
import PostgresServer
import Testing

@testable import PostgresStore
@testable import SQLStore

@Suite(
    "Media in a bucket, by names in PostgreSQL,",
    .enabled(if: TestServer.programs != nil, "PostgreSQL's server is not installed"))
struct BucketMediaTests {
    private let picture = (0..<3_000).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) }
    private let hash = String(repeating: "ab", count: 32)

    private func withMedia(
        in storage: MemoryStorage, _ body: (PostgresMedia, PostgresDriver, TestServer.Place) async throws -> Void
    ) async throws {
        try await withMedia(in: storage, at: try await TestServer.shared.value.place(), body)
    }

    private func withMedia(
        in storage: MemoryStorage, at place: TestServer.Place,
        _ body: (PostgresMedia, PostgresDriver, TestServer.Place) async throws -> Void
    ) async throws {
        let driver = try PostgresDriver(place.server, as: .writer)
        defer { driver.close() }
        _ = try driver.migrate()
        let media = try await PostgresMedia.open(place.server, storage: storage)
        let result: Result<Void, any Error>
        do { result = .success(try await body(media, driver, place)) } catch { result = .failure(error) }
        await media.close()
        try result.get()
    }

    private func loose(on driver: PostgresDriver) throws -> Int {
        Int(try driver.query("SELECT count(*) FROM loose_object", doing: "testing").text(0, 0) ?? "") ?? -1
    }

    private func removed(_ media: PostgresMedia, on driver: PostgresDriver) async throws -> [SharedMedium] {
        try driver.query("UPDATE medium SET stored_at = stored_at - 7200000", doing: "testing")
        let old = try await media.content(olderThan: .seconds(3600), now: Date(), after: nil, limit: 100)
        return try await media.remove(old)
    }

    @Test("the bytes are in the bucket and the row has their name; another gateway reads them")
    func kept() async throws {
        let storage = MemoryStorage()
        try await withMedia(in: storage) { media, driver, place in
            try await media.keep(picture, as: hash)
            let other = try await PostgresMedia.open(place.server, storage: storage)

            #expect(try await other.bytes(of: hash) == picture)
            #expect(try await other.renew(hash))
            #expect(try await other.totalBytes() == picture.count)
            #expect(Array(storage.objects.values) == [picture])
            #expect(storage.objects.keys.allSatisfy { $0.hasPrefix("ab/\(hash)-") })
            #expect(try loose(on: driver) == 0)
            let row = try driver.query("SELECT content IS NULL FROM medium", doing: "testing")
            #expect(row.text(0, 0) == "t")
            await other.close()
        }
    }

    @Test("content that two gateways store at once has one object in the end")
    func twice() async throws {
        let storage = MemoryStorage()
        try await withMedia(in: storage) { media, driver, place in
            let other = try await PostgresMedia.open(place.server, storage: storage)
            async let one: Void = media.keep(picture, as: hash)
            async let two: Void = other.keep(picture, as: hash)
            _ = try await (one, two)
            #expect(storage.objects.count == 2)

            try driver.query("UPDATE loose_object SET noted_at = noted_at - 3600001", doing: "testing")
            try await media.removeLoose()

            #expect(storage.objects.count == 1)
            #expect(try await media.bytes(of: hash) == picture)
            #expect(try loose(on: driver) == 0)
            await other.close()
        }
    }

    @Test("what is removed leaves the bucket, and what was stored again meanwhile stays there")
    func removed() async throws {
        let storage = MemoryStorage()
        try await withMedia(in: storage) { media, driver, _ in
            try await media.keep(picture, as: hash)
            #expect(try await removed(media, on: driver).map(\.hash) == [hash])
            #expect(try await media.bytes(of: hash) == nil)
            try await media.keep(picture, as: hash)
            #expect(storage.objects.count == 2)

            try await media.removeLoose()

            #expect(storage.objects.count == 1)
            #expect(try await media.bytes(of: hash) == picture)
        }
    }

    @Test("a bucket that is away keeps what is to be removed, until it is there again")
    func away() async throws {
        let storage = MemoryStorage()
        try await withMedia(in: storage) { media, driver, _ in
            try await media.keep(picture, as: hash)
            _ = try await removed(media, on: driver)
            storage.fail(.unavailable("away"))
            await #expect(throws: StoreFailure.unavailable("away")) { try await media.removeLoose() }
            await #expect(throws: StoreFailure.unavailable("away")) { try await media.keep(picture, as: hash) }
            #expect(try await media.missing(among: [hash]) == [hash])
            storage.fail(nil)

            try await media.removeLoose()

            #expect(storage.objects.isEmpty)
        }
    }

    @Test("an outage leaves one note of each content, however often it was tried, and one object in the end")
    func outage() async throws {
        let storage = MemoryStorage()
        try await withMedia(in: storage) { media, driver, _ in
            storage.fail(.unavailable("away"))
            for _ in 0..<5 {
                await #expect(throws: StoreFailure.unavailable("away")) { try await media.keep(picture, as: hash) }
            }
            #expect(try loose(on: driver) == 1)
            storage.fail(nil)

            try await media.keep(picture, as: hash)

            #expect(try loose(on: driver) == 0)
            #expect(try await media.bytes(of: hash) == picture)
        }
    }

    @Test("an object that a row has is not removed, whatever a note says of it")
    func notedAgain() async throws {
        let storage = MemoryStorage()
        try await withMedia(in: storage) { media, driver, _ in
            try await media.keep(picture, as: hash)
            try driver.query(
                "INSERT INTO loose_object (name, noted_at, is_doomed) SELECT object, 0, FALSE FROM medium",
                doing: "testing")

            try await media.removeLoose()

            #expect(try await media.bytes(of: hash) == picture)
        }
    }

    @Test("an object that cannot be removed keeps no other from it")
    func undeletable() async throws {
        let storage = MemoryStorage()
        try await withMedia(in: storage) { media, driver, _ in
            for number in 0..<20 { try await media.keep(picture, as: "\(10 + number)\(hash.dropFirst(2))") }
            _ = try await removed(media, on: driver)
            #expect(try loose(on: driver) == 20)
            storage.hold(try #require(storage.objects.keys.sorted().first))

            await #expect(throws: StoreFailure.unavailable("the object is held")) { try await media.removeLoose() }

            #expect(storage.objects.count == 1)
            #expect(try loose(on: driver) == 1)
        }
    }

    @Test("what a crash left in the bucket is removed, and not before an hour has passed")
    func leftBehind() async throws {
        struct Crash: Error {}
        let storage = MemoryStorage { throw Crash() }
        try await withMedia(in: storage) { media, driver, _ in
            await #expect(throws: StoreFailure.self) { try await media.keep(picture, as: hash) }
            try await media.removeLoose()
            #expect(storage.objects.count == 1)

            try driver.query("UPDATE loose_object SET noted_at = noted_at - 3600001", doing: "testing")
            try await media.removeLoose()

            #expect(storage.objects.isEmpty)
            #expect(try loose(on: driver) == 0)
        }
    }

    @Test("an object that was given up while it was written is not taken for content")
    func late() async throws {
        let place = try await TestServer.shared.value.place()
        let storage = MemoryStorage {
            let driver = try PostgresDriver(place.server, as: .writer)
            defer { driver.close() }
            try driver.query("UPDATE loose_object SET is_doomed = TRUE", doing: "testing")
        }
        try await withMedia(in: storage, at: place) { media, _, _ in
            await #expect(throws: StoreFailure.self) { try await media.keep(picture, as: hash) }

            let missing = try await media.missing(among: [hash])
            #expect(missing == [hash])
        }
    }

    @Test("what the database has from before is read, and so is the bucket's by nobody without one")
    func moved() async throws {
        let storage = MemoryStorage()
        try await withMedia(in: storage) { media, _, place in
            let without = try await PostgresMedia.open(place.server)
            let earlier = String(repeating: "cd", count: 32)
            try await without.keep(picture, as: earlier)
            try await media.keep(picture, as: hash)

            #expect(try await media.bytes(of: earlier) == picture)
            #expect(storage.objects.count == 1)
            await #expect(
                throws: StoreFailure.unavailable(
                    "the content is in a bucket, and the configuration has no media.shared_storage")
            ) { try await without.bytes(of: hash) }
            await without.close()
        }
    }
}
