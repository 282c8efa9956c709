import Doubles
import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

/// What is kept of a release that changed the schema, in `Fixtures`.
struct ReleasedDatabase: Sendable, CustomTestStringConvertible {
    let migration: Migration
    /// Messages that no MMSC has taken yet.
    let waitingCount: Int

    static let initial = ReleasedDatabase(migration: .initial, waitingCount: 3)
    /// The first that has apps.
    static let apps = ReleasedDatabase(migration: .apps, waitingCount: 4)
    /// The first that is removed from, and that knows which requests its rows come from.
    static let operation = ReleasedDatabase(migration: .operation, waitingCount: 5)
    static let all = [initial, apps, operation]
    /// Those that have apps.
    static let withApps = [apps, operation]

    var folder: URL {
        (0..<2).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
            .appending(path: "Fixtures/V00\(migration.number)")
    }
    var database: URL { folder.appending(path: "gateway.sqlite") }
    var schema: URL { folder.appending(path: "schema.sql") }
    var testDescription: String { "schema \(migration.number)" }

    /// A folder with a copy of the kept file.
    func copied(_ body: (String) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: database, to: URL(filePath: folder + "/gateway.sqlite"))
            try await body(folder)
        }
    }

    /// A copy of the kept file, opened by the program of now.
    func opened(_ body: (SQLiteStore, String) async throws -> Void) async throws {
        try await copied { folder in
            let store = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            try await body(store, folder)
            await store.close()
        }
    }
}

@Suite("The database of a release is read by every later one")
struct ReleasedDatabaseTests {
    @Test("its schema is not edited any more", arguments: ReleasedDatabase.all)
    func frozen(_ release: ReleasedDatabase) throws {
        #expect(release.migration.script == (try String(contentsOf: release.schema, encoding: .utf8)))
        #expect(Migration.all.contains { $0.number == release.migration.number })
    }

    @Test("the steps of the schema follow each other from the first")
    func numbered() {
        #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
    }

    @Test("it has its own schema, and every table has something in it", arguments: ReleasedDatabase.all)
    func complete(_ release: ReleasedDatabase) async throws {
        try await release.copied { folder in
            let connection = try SQLiteDriver.writer(path: folder + "/gateway.sqlite")
            let tables = try connection.value(
                of: "SELECT group_concat(name) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")

            #expect(try connection.value(of: "PRAGMA user_version") == "\(release.migration.number)")
            for table in try #require(tables).split(separator: ",") {
                #expect(try connection.value(of: "SELECT count(*) FROM \(table)") != "0", "\(table)")
            }
            connection.close()
        }
    }

    @Test(
        "opened once, it has the newest schema, and everything in it refers to what is there",
        arguments: ReleasedDatabase.all)
    func migrated(_ release: ReleasedDatabase) async throws {
        try await release.copied { folder in
            let store = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            await store.close()

            let connection = try SQLiteDriver.writer(path: folder + "/gateway.sqlite")
            #expect(try connection.value(of: "PRAGMA user_version") == "\(Migration.all.count)")
            #expect(try connection.value(of: "PRAGMA integrity_check") == "ok")
            #expect(try connection.value(of: "PRAGMA foreign_key_check") == nil)
            connection.close()
        }
    }

    @Test("batches, and their messages in every state that they were in", arguments: ReleasedDatabase.all)
    func batches(_ release: ReleasedDatabase) async throws {
        try await release.opened { store, _ in
            let list = try await store.batches(of: Scene.owner, matching: BatchFilter(from: .start - 60), page: Page())

            #expect(list.count == 4)
            var states: Set<String> = []
            for batch in list.elements {
                states.formUnion(try await store.tallies(of: batch.id, withRecipients: true).map(\.state.name))
            }
            #expect(states == ["queued", "in_doubt", "submitted", "delivered", "aborted"])
            let tasks = try await store.batchesWithoutMedia(limit: 9, now: .start, except: [])
            #expect(tasks.filter { $0.url != nil }.count == 1)
            #expect(store.waitingCount == release.waitingCount)
            #expect(try await store.keptAnswer(to: "key-1", of: Scene.owner, now: .start)?.status == 201)
        }
    }

    @Test("the story of a message, and what its customer is still to be notified of", arguments: ReleasedDatabase.all)
    func story(_ release: ReleasedDatabase) async throws {
        try await release.opened { store, folder in
            let inspection = try await SQLiteStore.openForReading(directory: folder)
            let story = try #require(try await inspection.stories(of: "M1").stories.first)
            await inspection.close()

            #expect(story.message.state == .delivered)
            #expect(story.attempts.map(\.event) == ["accepted"])
            #expect(story.reports.map(\.status) == ["Retrieved"])
            #expect(story.notifications.map(\.state) == [.submitted(messageID: "M1"), .delivered])
            #expect(story.media == [Scene.picture])
            let due = try await Scene(store: store, signals: WorkSignals()).events()
                .filter { $0.event.owner == Scene.owner }
            #expect(due.compactMap(\.message?.state) == [.delivered])
            #expect(due.compactMap(\.inbound?.text) == ["hello"])
        }
    }

    @Test("a claim of then is over, and what was to be taken back is asked for again", arguments: ReleasedDatabase.all)
    func interrupted(_ release: ReleasedDatabase) async throws {
        try await release.opened { store, _ in
            _ = try await store.endLeases(except: [], now: .start)

            let claims = try await store.claims(at: "north", now: .start).claims
            #expect(claims.map(\.isResend) == [true])
            let cancellations = try await store.claimCancellations(
                at: "north", limit: 9, now: .start + .seconds(3600), leaseUntil: .start + .seconds(3660))
            #expect(cancellations.map(\.messageID) == ["M2"])
        }
    }

    @Test("groups with their members and their words", arguments: ReleasedDatabase.all)
    func groups(_ release: ReleasedDatabase) async throws {
        try await release.opened { store, _ in
            let groups = try await store.groups(of: Scene.owner, page: Page()).elements
            let family = try #require(groups.first { $0.name == "family" })

            #expect(groups.count == 2)
            #expect(family.children.count == 1)
            #expect(family.autoUpdate?.add?.first == "join")
            #expect(try await store.members(of: family.id, of: Scene.owner)?.map(\.digits) == ["12025550101"])
            let all = try await store.expand([family.id], of: Scene.owner, limit: 9).map(\.digits)
            #expect(all == ["12025550101", "12025550102"])
        }
    }

    @Test("messages from handsets, their uploads, and what is unowned", arguments: ReleasedDatabase.all)
    func inbounds(_ release: ReleasedDatabase) async throws {
        try await release.opened { store, folder in
            let list = try await store.inbounds(
                of: Scene.owner, matching: InboundFilter(from: .start - 60), page: Page())
            #expect(list.elements.map(\.media.count).sorted() == [0, 1])
            let uploads = try await store.claimUploads(
                UploadRequest(
                    limit: 9, share: UploadRequest.Share(.uploads, capacity: 9), leaseUntil: .start + .seconds(60),
                    longestPause: .seconds(600)),
                now: .start)
            #expect(uploads.map(\.inbound.media) == [[Inbound.Medium(Scene.picture, name: "cake.jpg")]])

            let inspection = try await SQLiteStore.openForReading(directory: folder)
            #expect(try await inspection.quarantined(limit: 9).count == 1)
            await inspection.close()
        }
    }
}
