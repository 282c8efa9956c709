import Foundation
import GatewayCore
import SQLiteStore
import StoreConformance
import Testing

@testable import SQLStore

@Suite("SQLiteStore keeps what every store promises")
struct PromiseTests {
    private func check(_ promise: Promise) async throws {
        try await withTemporaryFolder { folder in
            try await promise.check(
                at: StorePlace { now, signals, targets throws(StoreFailure) in
                    try await SQLiteStore.open(directory: folder, signals: signals, now: now, targets: targets)
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

/// A folder that no other test has; it is gone afterwards.
func withTemporaryFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.path)
}
