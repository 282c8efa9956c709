import Doubles
import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("A store under a clock that is in doubt")
struct DoubtedClockTests {
    private static let monthLater = Date.start + .seconds(30 * 86_400)

    private func withStore(
        in folder: String, isSettled: Bool, _ body: (SQLiteStore, Scene) async throws -> Void
    ) async throws {
        let signals = WorkSignals()
        let store = try await SQLiteStore.open(
            directory: folder, signals: signals, now: .start, isClockSettled: { isSettled })
        try await body(store, Scene(store: store, signals: signals))
        await store.close()
    }

    @Test("keeps none of its times for the next start", arguments: [true, false])
    func newest(isSettled: Bool) async throws {
        try await withTemporaryFolder { folder in
            try await withStore(in: folder, isSettled: true) { store, _ in
                _ = try await store.endLeases(except: [], now: .start)
            }
            try await withStore(in: folder, isSettled: isSettled) { store, _ in
                #expect(store.findings.lastEntry == .start)
                _ = try await store.endLeases(except: [], now: Self.monthLater)
            }
            try await withStore(in: folder, isSettled: true) { store, _ in
                #expect(store.findings.lastEntry == (isSettled ? Self.monthLater : .start))
            }
        }
    }

    @Test("forgets no answer that it keeps for a repeat", arguments: [true, false])
    func answers(isSettled: Bool) async throws {
        func answer(_ key: String, at time: Date) -> KeptAnswer {
            KeptAnswer(owner: Scene.owner, key: key, request: "r", status: 200, body: Array("{}".utf8), at: time)
        }
        try await withTemporaryFolder { folder in
            try await withStore(in: folder, isSettled: isSettled) { store, _ in
                try await store.keep(answer("old", at: .start))
                try await store.keep(answer("new", at: Self.monthLater))
                try await store.keep(answer("old", at: Self.monthLater))

                let kept = try await store.keptAnswer(to: "old", of: Scene.owner, now: Self.monthLater)
                #expect(kept?.at == (isSettled ? Self.monthLater : .start))
            }
        }
    }

    @Test("forgets no message that a handset sent", arguments: [true, false])
    func inbounds(isSettled: Bool) async throws {
        try await withTemporaryFolder { folder in
            try await withStore(in: folder, isSettled: isSettled) { store, scene in
                func receive(at time: Date) async throws -> InboundResult {
                    let inbound = Inbound(
                        id: scene.id(), owner: Scene.owner, from: "12025550101", to: "54321", receivedAt: time,
                        text: "Hi", media: [], otherRecipients: [])
                    return try await store.receive(
                        InboundDelivery(
                            linkedID: nil, transactionID: "t", answeredID: nil,
                            copies: [.init(inbound, notifiesOwner: true)]),
                        from: "north", now: time)
                }
                _ = try await receive(at: .start)

                #expect(try await receive(at: Self.monthLater) != .repeated || !isSettled)
                #expect(try await receive(at: Self.monthLater) == .repeated)
            }
        }
    }
}
