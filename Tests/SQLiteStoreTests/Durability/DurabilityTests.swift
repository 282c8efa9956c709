import Doubles
import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("What was committed stays")
struct DurabilityTests {
    private func copy(_ folder: String, to copy: String) throws {
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        for file in ["gateway.sqlite", "gateway.sqlite-wal"] {
            try FileManager.default.copyItem(atPath: "\(folder)/\(file)", toPath: "\(copy)/\(file)")
        }
    }

    @Test("after a crash everything is there, and what was on its way is in doubt")
    func crash() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            let delivered = try await scene.submitted(interest: .final)
            _ = try await store.apply(.delivered(), from: "north", now: .start)
            let claimed = try await scene.due(to: ["12025550102", "12025550103"])
            #expect(try await scene.claims(limit: 1).count == 1)

            // The files as the end of the power would leave them: nothing was closed or carried over.
            try copy(folder, to: folder + "/copy")
            let reopened = try await SQLiteStore.open(
                directory: folder + "/copy", signals: signals, now: .start + .seconds(1))
            let after = Scene(store: reopened, signals: signals)

            #expect(reopened.findings.claimsInDoubt == 1)
            #expect(reopened.waitingCount == 2 && store.waitingCount == 2, "one on its way, one behind it")
            #expect(try await after.message(in: delivered).state == .delivered)
            #expect(try await after.toldStates() == [.delivered])
            let tallies = try await reopened.tallies(of: claimed.id, withRecipients: false)
            #expect(Set(tallies.map(\.state)) == [.inDoubt, .queued])
            #expect(try await after.claims(now: .start + .seconds(1)).count { $0.isResend } == 1)
            await reopened.close()
            await store.close()
        }
    }

    @Test("a first notification that a crash cut off is made again at once, and a repeat in its time")
    func crashWhileTelling() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            try await scene.submitted(interest: [.submitted, .final])
            let repeated = try #require(try await scene.events().first?.event)
            try await store.record(.again(at: .start + .seconds(600), reason: "503"), of: repeated.id, now: .start)
            try await scene.submitted(to: "12025550102", interest: [.submitted, .final])
            let told = try await scene.events().map(\.event.id)
            #expect(told.count == 1)

            try copy(folder, to: folder + "/copy")
            let now = Date.start + .seconds(1)
            let reopened = try await SQLiteStore.open(directory: folder + "/copy", signals: signals, now: now)
            let after = Scene(store: reopened, signals: signals)

            #expect(try await after.events(now: now).map(\.event.id) == told)
            #expect(try await after.toldStates(now: .start + .seconds(600)).count == 2)
            await reopened.close()
            await store.close()
        }
    }

    @Test("after a crash what was being taken back is due at once")
    func crashWhileCancelling() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let batch = try await Scene(store: store, signals: signals).submitted()
            _ = try await store.cancel(batch.id, of: Scene.owner, now: .start)
            let later = Date.start + .seconds(600)
            let claims = try await store.claimCancellations(at: "north", limit: 2, now: .start, leaseUntil: later)
            #expect(claims.count == 1)

            try copy(folder, to: folder + "/copy")
            let now = Date.start + .seconds(1)
            let reopened = try await SQLiteStore.open(directory: folder + "/copy", signals: signals, now: now)

            let again = try await reopened.claimCancellations(at: "north", limit: 2, now: now, leaseUntil: later)
            #expect(again.map(\.messageID) == ["M1"] && again.map(\.tries) == [2])
            #expect(again.map(\.transactionID) == claims.map(\.transactionID))
            await reopened.close()
            await store.close()
        }
    }

    @Test("after an orderly end everything is there and the log is empty")
    func orderlyEnd() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let batch = try await Scene(store: store, signals: signals).submitted()
            await store.close()

            #expect(!FileManager.default.fileExists(atPath: "\(folder)/gateway.sqlite-wal"))
            let reopened = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            #expect(reopened.findings.claimsInDoubt == 0)
            let state = try await Scene(store: reopened, signals: signals).message(in: batch).state
            #expect(state == .submitted(messageID: "M1"))
            await reopened.close()
        }
    }

    @Test("a closed store says so")
    func closed() async throws {
        try await withTemporaryFolder { folder in
            let store = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            await store.close()
            await store.close()

            await #expect(throws: StoreFailure.closed) { try await store.check() }
            await #expect(throws: StoreFailure.closed) { _ = try await store.nextCallDue() }
        }
    }

    @Test("closing lets those finish who were there before")
    func closingDrains() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)

            let taken = await withTaskGroup(of: Batch?.self) { group in
                for _ in 1...200 {
                    group.addTask {
                        do { return try await scene.inserted(to: ["12025550101"]) } catch { return nil }
                    }
                }
                group.addTask {
                    await store.close()
                    return nil
                }
                return await group.reduce(into: [Batch]()) { all, batch in if let batch { all.append(batch) } }
            }

            let reopened = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            for batch in taken { #expect(try await reopened.batch(batch.id, of: Scene.owner) == batch) }
            let waiting = try await reopened.batchesWithoutMedia(limit: 1000, now: .start, except: [])
            #expect(waiting.count == taken.count)
            await reopened.close()
        }
    }

    @Test("the connection that writes waits for the disk, and a reading one cannot write")
    func settings() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).sqlite").path
        defer { for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) } }
        let writer = try SQLiteDriver.writer(path: path)
        let reader = try SQLiteDriver.reader(path: path)

        #expect(try writer.value(of: "PRAGMA synchronous") == "2")
        #expect(try writer.value(of: "PRAGMA journal_mode") == "wal")
        #expect(try writer.value(of: "PRAGMA wal_autocheckpoint") == "4000")
        #expect(throws: SQLError.self) { try reader.execute("CREATE TABLE x (y)", doing: "trying") }
    }

    @Test("a setting that SQLite did not take is noticed")
    func requirement() throws {
        let connection = try SQLiteDriver(path: ":memory:", access: .readWrite)
        try connection.execute("PRAGMA synchronous = NORMAL", doing: "setting up")

        let error = #expect(throws: SQLError.self) { try connection.require("synchronous", "2") }

        #expect(error?.message.contains("synchronous is 1 where 2 is needed") == true)
    }
}
