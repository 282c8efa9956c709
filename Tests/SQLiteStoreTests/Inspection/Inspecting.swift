import Foundation
import GatewayCore
import SQLiteStore
import StoreConformance

@testable import SQLStore

/// Looks while the gateway has the store, and once more when it has closed it.
func inspecting(
    _ prepare: (Scene) async throws -> Void, check: (SQLInspection) async throws -> Void
) async throws {
    try await withTemporaryFolder { folder in
        let signals = WorkSignals()
        let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
        try await prepare(Scene(store: store, signals: signals))
        for isRunning in [true, false] {
            if !isRunning { await store.close() }
            let inspection = try await SQLiteStore.openForReading(directory: folder)
            try await check(inspection)
            await inspection.close()
        }
    }
}

extension Date {
    static let later = start + .seconds(100)
}
