import Doubles
import Foundation
import GatewayCore
import SQLiteStore
import StoreConformance
import Testing

@testable import SQLStore

@Suite("Calls of webhooks that a crash interrupts")
struct KilledCallsTests {
    private static let later = Date.start + .seconds(100)

    @Test("what is under way at both targets when the gateway is killed is called again by each in its time")
    func killed() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(
                directory: folder, signals: signals, now: .start,
                targets: { _ in ["orders", "archive"].map { CallTarget($0) } })
            let scene = Scene(store: store, signals: signals)
            try await scene.submitted(interest: [.submitted, .final])
            let claims = try await scene.events()
            let again = CallResult.again(at: Self.later, reason: "HTTP 503")
            try await store.record(again, of: claims[0].id, now: .start)

            // The files as the end of the power would leave them: nothing was closed or carried over.
            try FileManager.default.createDirectory(atPath: folder + "/copy", withIntermediateDirectories: true)
            for name in try FileManager.default.contentsOfDirectory(atPath: folder)
            where name.hasPrefix("gateway.sqlite") {
                try FileManager.default.copyItem(atPath: "\(folder)/\(name)", toPath: "\(folder)/copy/\(name)")
            }
            let now = Date.start + .seconds(1)
            let reopened = try await SQLiteStore.open(directory: folder + "/copy", signals: signals, now: now)
            let after = Scene(store: reopened, signals: signals)

            #expect(try await after.events(now: now).map(\.id) == [claims[1].id])
            #expect(try await after.events(now: Self.later).map(\.id) == claims.map(\.id))
            await reopened.close()
            await store.close()
        }
    }
}
