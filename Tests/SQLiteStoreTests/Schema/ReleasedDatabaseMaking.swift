import Doubles
import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

/// Makes what `ReleasedDatabaseTests` reads of the newest release, when it is told to; `Fixtures/README.md` says how. A
/// program with another migration cannot make it any more: what is here then grows by what that one keeps.
@Suite(
    "The database of a release is made",
    .enabled(if: ProcessInfo.processInfo.environment["MAKE_RELEASED_DATABASE"] != nil && Migration.all.count == 3))
struct ReleasedDatabaseMaking {
    static let release = ReleasedDatabase.operation
    private static let later = Date.start + .seconds(60)

    @Test("with something in every table")
    func make() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            try await delivered(scene)
            try await withdrawn(scene, in: store)
            try await waiting(scene)
            try await claimed(scene)
            try await groups(scene)
            try await inbounds(scene)
            try await store.keep(
                KeptAnswer(
                    owner: Scene.owner, key: "key-1", request: "POST", status: 201, body: Array("{}".utf8), at: .start))
            try await apps(scene, in: store)
            try await operation(scene, in: store)
            await store.close()

            let release = Self.release
            try? FileManager.default.removeItem(at: release.folder)
            try FileManager.default.createDirectory(at: release.folder, withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: URL(filePath: folder + "/gateway.sqlite"), to: release.database)
            try release.migration.script.write(to: release.schema, atomically: true, encoding: .utf8)
        }
    }

    /// One that arrived; the customer has heard that it was submitted, and is to hear the rest.
    private func delivered(_ scene: Scene) async throws {
        try await scene.submitted(interest: [.submitted, .final])
        let first = try #require(try await scene.events().first)
        try await scene.store.record(.heard, of: first.id, now: .start)
        _ = try await scene.store.apply(.delivered(at: .start, text: "fetched"), from: "north", now: .start)
    }

    /// One that the MMSC has, and that it is asked in vain to take back; its batch is still being withdrawn.
    private func withdrawn(_ scene: Scene, in store: SQLiteStore) async throws {
        let batch = try await scene.due(to: ["12025550102"])
        try await store.record(SubmissionResult(.accepted(messageID: "M2")), of: scene.claim(), now: .start)
        _ = try await store.cancel(batch.id, of: Scene.owner, now: .start)
        let claim = try #require(
            try await store.claimCancellations(at: "north", limit: 1, now: .start, leaseUntil: Self.later).first)
        try await store.record(.again(at: Self.later), because: "4001 busy", of: claim, now: .start)
        try await store.writer.write { (transaction) throws(SQLError) in
            try transaction.sqlite.execute("INSERT INTO withdrawal VALUES ('\(batch.id)')", doing: "testing")
        }
    }

    /// Two messages whose media is still to come, and one that no route leads anywhere.
    private func waiting(_ scene: Scene) async throws {
        try await scene.inserted(to: ["12025550101", "447700900001", "5511912345678"])
    }

    /// One that is being submitted, while a report comes that may be about it.
    private func claimed(_ scene: Scene) async throws {
        try await scene.due(to: ["12025550103"])
        _ = try await scene.claim()
        _ = try await scene.store.apply(.delivered("M3", to: nil), from: "north", now: .start)
    }

    private func groups(_ scene: Scene) async throws {
        let friends = Group(id: scene.id(), owner: Scene.owner, name: "friends", createdAt: .start)
        let family = Group(
            id: scene.id(), owner: Scene.owner, name: "family", children: [friends.id],
            autoUpdate: Group.AutoUpdate(to: "54321", add: Group.AutoUpdate.Words(first: "join")), tags: ["home"],
            createdAt: .start)
        for (group, number) in [(friends, "12025550102"), (family, "12025550101")] {
            _ = try await scene.store.insert(group, members: [try #require(MSISDN(number))], keeping: nil)
        }
    }

    /// One that the customer is to hear of, one whose media is still to be put into a bucket, and one that is nobody's.
    private func inbounds(_ scene: Scene) async throws {
        let picture = Inbound.Medium(Scene.picture, name: "cake.jpg")
        let copies: [(owner: Owner?, text: String?, media: [Inbound.Medium], token: UploadToken?)] = [
            (Scene.owner, "hello", [], nil), (Scene.owner, nil, [picture], .random()), (nil, "lost", [picture], nil),
        ]
        for (number, copy) in copies.enumerated() {
            let inbound = Inbound(
                id: scene.id(), owner: copy.owner, from: "12025550101", to: "54321", receivedAt: .start,
                text: copy.text, media: copy.media)
            _ = try await scene.store.receive(
                InboundDelivery(
                    linkedID: nil, transactionID: "\(number)",
                    copies: [.init(inbound, notifiesOwner: copy.owner != nil, uploadToken: copy.token)]),
                from: "north", now: .start)
        }
    }
}
