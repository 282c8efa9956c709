import Foundation
import GatewayCore
import PostgresServer
import StoreConformance

@testable import PostgresStore

/// Stores of several gateways on one database.
enum Replicas {
    static func withTwo(
        notifies: Bool = true, _ body: (Scene, Scene, TestServer.Place) async throws -> Void
    ) async throws {
        let place = try await TestServer.shared.value.place()
        try await PromiseTests.turns.withPermit {
            let one = try await open(place, notifies: notifies)
            let two = try await open(place, notifies: notifies)
            try await body(one, two, place)
            await one.store.close()
            await two.store.close()
        }
    }

    static func open(
        _ place: TestServer.Place, home: ULID? = nil, boot: String? = nil, notifies: Bool = true
    ) async throws -> Scene {
        let signals = WorkSignals()
        let store = try await PostgresStore.open(
            place.server, as: ReplicaIdentity(home: home, boot: boot), notifies: notifies, signals: signals,
            now: .start,
            readerCount: 1)
        return Scene(store: store, signals: signals)
    }
}

/// What the closure gives as soon as it gives something; it is asked again and again for half a minute.
func eventually<Value>(_ body: () async throws -> Value?) async throws -> Value {
    let deadline = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < deadline {
        if let value = try await body() { return value }
        try await Task.sleep(for: .milliseconds(20))
    }
    throw TestServerFailure("it has not come about in half a minute")
}
