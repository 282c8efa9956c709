import Doubles
import Foundation
import GatewayCore
import SQLiteStore
import StoreConformance
import Testing

@testable import SQLStore

@Suite("Messages are found")
struct FindTests {
    private static let number = "12025550101"

    private func found(
        _ search: Search, in inspection: SQLInspection, since: Date? = nil, limit: Int = 20
    ) async throws -> [ULID] {
        try await inspection.findings(of: search, since: since, limit: limit).findings.map(\.id)
    }

    private func inbound(_ scene: Scene, from number: String, reference: String? = nil, at time: Date) async throws
        -> ULID
    {
        let inbound = Inbound(
            id: scene.id(), owner: Scene.owner, from: number, to: "54321", receivedAt: time, reference: reference)
        _ = try await scene.store.receive(
            InboundDelivery(
                linkedID: nil, transactionID: "\(inbound.id)", copies: [.init(inbound, notifiesOwner: false)]),
            from: "north", now: time)
        return inbound.id
    }

    @Test("those to a number and those from it, the newest first, and nobody else's")
    func number() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            let first = try await scene.message(in: scene.due(to: [Self.number]))
            _ = try await scene.due(to: ["12025550102"])
            let second = try await scene.message(in: scene.due(to: [Self.number]))
            let reply = try await inbound(scene, from: Self.number, at: .later)
            _ = try await inbound(scene, from: "12025550102", at: .later)
            let inspection = try await SQLiteStore.openForReading(directory: folder)
            let search = Search.number(try #require(MSISDN("+1 202 555 0101")))

            #expect(try await found(search, in: inspection) == [reply, second.id, first.id])
            let (some, hasMore) = try await inspection.findings(of: search, since: nil, limit: 2)
            #expect(some.map(\.id) == [reply, second.id])
            #expect(hasMore)
            #expect(some.map(\.number) == [Self.number, Self.number])
            #expect(some.map(\.direction) == [.inbound(to: "54321"), .outbound(.queued, batch: second.batch)])
            #expect(some.map(\.owner) == [Scene.owner, Scene.owner])
            #expect(try await found(search, in: inspection, since: .later) == [reply])
            #expect(try await found(search, in: inspection, since: .later + 1) == [])
            await inspection.close()
            await store.close()
        }
    }

    @Test("by the customer's reference and by the MMSC's MessageID")
    func reference() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            let message = try await scene.message(in: scene.submitted())
            var submittal = try scene.submittal(to: [Self.number])
            submittal.order.reference = "order 7"
            let expansion = Expansion(routes: Scene.routes, ids: ULIDGenerator())
            let (batch, messages) = submittal.accepted(now: .start, expansion: expansion)
            try await store.insert(batch, messages: messages)
            let ordered = try await scene.message(in: batch)
            let reply = try await inbound(scene, from: Self.number, reference: "order 7", at: .later)
            let inspection = try await SQLiteStore.openForReading(directory: folder)

            #expect(try await found(.reference("M1"), in: inspection) == [message.id])
            #expect(try await found(.reference("order 7"), in: inspection) == [reply, ordered.id])
            #expect(try await found(.reference("M2"), in: inspection) == [])
            await inspection.close()
            await store.close()
        }
    }
}
