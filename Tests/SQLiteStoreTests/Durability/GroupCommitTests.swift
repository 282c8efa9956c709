import Doubles
import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("Callers share commits")
struct GroupCommitTests {
    @Test("500 batches at a time take far fewer commits")
    func shared() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            let before = store.commitCount

            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...500 { group.addTask { try await scene.inserted(to: ["12025550101"]) } }
                try await group.waitForAll()
            }

            #expect(try await store.batchesWithoutMedia(limit: 1000, now: .start, except: []).count == 500)
            #expect(store.commitCount - before < 250)
            await store.close()
        }
    }

    @Test("a job that fails is undone alone")
    func oneFails() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            let (twice, messages) = try scene.submittal(to: ["12025550101"])
                .accepted(now: .start, expansion: Expansion(routes: Scene.routes, ids: ULIDGenerator()))

            let failures = await withTaskGroup(of: StoreFailure?.self) { group in
                for number in 1...100 {
                    group.addTask {
                        do {
                            if number % 2 == 0 {
                                try await scene.inserted(to: ["12025550101"])
                            } else {
                                try await store.insert(twice, messages: messages)
                            }
                            return nil
                        } catch {
                            return error as? StoreFailure
                        }
                    }
                }
                return await group.reduce(into: [StoreFailure]()) { all, failure in
                    if let failure { all.append(failure) }
                }
            }

            #expect(failures.count { $0.isBroken } == 49)
            #expect(try await store.batchesWithoutMedia(limit: 1000, now: .start, except: []).count == 51)
            await store.close()
        }
    }

    @Test("when the commit fails nobody is told that it was kept")
    func commitFails() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)

            // A reference that is looked at no sooner than at the commit, and leads nowhere.
            let failure = await #expect(throws: StoreFailure.self) {
                try await store.writer.write { (transaction) throws(SQLError) in
                    try transaction.sqlite.execute(
                        """
                        PRAGMA defer_foreign_keys = ON;
                        INSERT INTO batch_progress (batch, interest, begins_at, open_count, media_tries)
                        VALUES ('nobody', 0, 0, 0, 0);
                        """, doing: "testing")
                    transaction.signals.media = true
                }
            }

            #expect(failure?.isBroken == true)
            #expect(await !wasRaised(signals.media))
            try await scene.inserted(to: ["12025550101"])
            await store.close()
        }
    }

    @Test("signals are raised once for a commit")
    func signals() {
        let signals = WorkSignals()
        var raised = CommitSignals()

        raised.mmscs.formUnion(["north", "north", "south"])
        raised.raise(in: signals)

        #expect(raised.mmscs.count == 2)
    }
}
