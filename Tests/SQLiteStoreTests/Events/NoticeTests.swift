import Doubles
import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("What a customer's API notifies of in words of its own")
struct NoticeTests {
    private static let project = Owner.project("project1")
    private static let made = Notice("CONTACT_CREATE", text: #"{"id":"1"}"#, of: project)

    /// A store that asks `targets` of each event, and has these notices.
    private func store(
        with notices: [Notice], targets: @escaping CallTargets, _ body: (Scene, SQLiteStore) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start, targets: targets)
            try await store.writer.write { (transaction) throws(SQLError) in
                try transaction.append(notices, now: .start)
            }
            try await body(Scene(store: store, signals: signals), store)
            await store.close()
        }
    }

    private func eventCount(_ store: SQLiteStore) async throws -> Int {
        try await store.readers.read { (snapshot) throws(SQLError) in
            try snapshot.sqlite.value(of: "SELECT count(*) FROM event").flatMap { Int($0) } ?? 0
        }
    }

    @Test("its targets are asked for by its name and by the server of its own address")
    func targets() async throws {
        let other = Notice(
            "BATCH_STATUS_UPDATE", text: "{}", of: Self.project, callbackURL: "https://hooks.example.net/a")
        let targets: CallTargets = { occasion in
            guard case .notice(let name) = occasion.kind, occasion.owner == Self.project else { return [] }
            return [CallTarget("\(name):\(occasion.batchTarget)")]
        }
        try await store(with: [Self.made, other], targets: targets) { scene, _ in
            #expect(await wasRaised(scene.signals.events))
            let claims = try await scene.events()

            #expect(
                claims.map(\.target) == ["CONTACT_CREATE:", "BATCH_STATUS_UPDATE:\(other.target)"])
            #expect(claims.map(\.event.subject) == [.notice(Self.made), .notice(other)])
            #expect(claims.map(\.event.owner) == [Self.project, Self.project])
        }
    }

    @Test("is not kept where nobody is to be notified")
    func nobody() async throws {
        let none: CallTargets = { _ in [] }
        try await store(with: [Self.made], targets: none) { scene, store in
            let events = try await scene.events()

            #expect(events.isEmpty)
            #expect(try await eventCount(store) == 0)
        }
    }

    @Test("is kept until all have heard it, or for the operator where one has not")
    func heard() async throws {
        let targets: CallTargets = { occasion in
            if case .notice("CONTACT_CREATE") = occasion.kind {
                ["a", "b"].map { CallTarget($0) }
            } else {
                [CallTarget("c")]
            }
        }
        let lost = Notice("CONTACT_DELETE", text: "{}", of: Self.project)
        try await store(with: [Self.made, lost], targets: targets) { scene, store in
            let claims = try await scene.events()
            #expect(claims.map(\.target) == ["a", "b", "c"])

            try await scene.store.record(.heard, of: claims[0].id, now: .start)
            #expect(try await eventCount(store) == 2)
            try await scene.store.record(.heard, of: claims[1].id, now: .start)
            #expect(try await eventCount(store) == 1)
            try await scene.store.record(.givenUp(reason: "gone"), of: claims[2].id, now: .start)
            #expect(try await eventCount(store) == 1)
        }
    }
}
