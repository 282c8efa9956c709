import Doubles
import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("What a release needs to run for years is read by every later one")
struct ReleasedOperationTests {
    private let release = ReleasedDatabase.operation

    @Test("which requests its rows come from")
    func traces() async throws {
        try await release.opened { store, _ in
            let (plan, app) = (ReleasedDatabaseMaking.tracedPlan, ReleasedDatabaseMaking.tracedApp)
            let list = try await store.batches(of: plan, matching: BatchFilter(from: .start - 60), page: Page())
            // The newest comes first, and is the one that was being removed.
            let id = try #require(list.elements.last?.batch.id)
            let batch = try await store.batch(id, of: plan)
            let events = try await Scene(store: store, signals: WorkSignals()).events()
            let inbound = events.first { $0.event.owner == plan }?.inbound
            let notices = events.filter { $0.event.owner == app }.compactMap {
                if case .notice(let notice) = $0.event.subject { notice.trace } else { nil }
            }
            let appBatches = try await store.dueAppBatches(limit: 9, now: .start + .seconds(7200)).batches

            #expect(batch?.trace == ReleasedDatabaseMaking.trace)
            #expect(inbound?.trace == ReleasedDatabaseMaking.trace)
            #expect(notices == [ReleasedDatabaseMaking.trace])
            #expect(appBatches.filter { $0.owner == app }.map(\.trace) == [ReleasedDatabaseMaking.trace])
        }
    }

    @Test("a batch that was being removed is nobody's to read")
    func removal() async throws {
        try await release.opened { store, _ in
            let plan = ReleasedDatabaseMaking.tracedPlan
            let list = try await store.batches(of: plan, matching: BatchFilter(from: .start - 60), page: Page())
            let (removed, kept) = (try #require(list.elements.first), try #require(list.elements.last))

            #expect(try await store.batch(removed.batch.id, of: plan) == nil)
            #expect(try await store.batch(kept.batch.id, of: plan) != nil)
        }
    }

    @Test("that it is a copy, until what it had queued is in doubt")
    func copy() async throws {
        try await release.copied { folder in
            let store = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            #expect(store.findings.isCopy)
            #expect(try await store.doubtQueued(now: .start) > 0)
            await store.close()

            let again = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            #expect(!again.findings.isCopy)
            await again.close()
        }
    }

    @Test("a call that comes after those of another target")
    func follows() async throws {
        try await release.copied { folder in
            let connection = try SQLiteDriver.writer(path: folder + "/gateway.sqlite")
            #expect(try connection.value(of: "SELECT count(*) FROM call WHERE follows = 'submit'") == "1")
            connection.close()
        }
    }
}
