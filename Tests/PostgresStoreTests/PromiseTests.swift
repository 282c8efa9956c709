import Foundation
import GatewayCore
import PostgresServer
import PostgresStore
import StoreConformance
import Testing

@Suite(
    "PostgresStore keeps what every store promises",
    .enabled(if: TestServer.programs != nil, "PostgreSQL's server is not installed"))
struct PromiseTests {
    /// Each store has some connections, of which the server has a limited number.
    static let turns = Semaphore(permits: 6)

    private func check(_ promise: Promise) async throws {
        let server = try await TestServer.shared.value.place().server
        try await Self.turns.withPermit {
            try await promise.check(
                at: StorePlace { now, signals, targets throws(StoreFailure) in
                    try await PostgresStore.open(server, signals: signals, now: now, readerCount: 1, targets: targets)
                })
        }
    }

    @Test(arguments: Promise.batches) func batches(_ promise: Promise) async throws { try await check(promise) }
    @Test(arguments: Promise.store) func store(_ promise: Promise) async throws { try await check(promise) }
    @Test(arguments: Promise.claims) func claims(_ promise: Promise) async throws { try await check(promise) }
    @Test(arguments: Promise.cancellations) func cancellations(_ promise: Promise) async throws {
        try await check(promise)
    }
    @Test(arguments: Promise.reports) func reports(_ promise: Promise) async throws { try await check(promise) }
    @Test(arguments: Promise.events) func events(_ promise: Promise) async throws { try await check(promise) }
    @Test(arguments: Promise.groups) func groups(_ promise: Promise) async throws { try await check(promise) }
    @Test(arguments: Promise.inbounds) func inbounds(_ promise: Promise) async throws { try await check(promise) }
    @Test(arguments: Promise.appMessages) func appMessages(_ promise: Promise) async throws { try await check(promise) }
    @Test(arguments: Promise.uploads) func uploads(_ promise: Promise) async throws { try await check(promise) }
    @Test(arguments: Promise.media) func media(_ promise: Promise) async throws { try await check(promise) }
    @Test(arguments: Promise.retention) func retention(_ promise: Promise) async throws { try await check(promise) }
    @Test(arguments: Promise.apps) func apps(_ promise: Promise) async throws { try await check(promise) }
    @Test(arguments: Promise.contacts) func contacts(_ promise: Promise) async throws { try await check(promise) }
    @Test(arguments: Promise.conversations) func conversations(_ promise: Promise) async throws {
        try await check(promise)
    }
    @Test(arguments: Promise.appBatches) func appBatches(_ promise: Promise) async throws { try await check(promise) }
}
