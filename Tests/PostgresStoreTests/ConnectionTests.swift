import Doubles
import Foundation
import GatewayCore
import PostgresServer
import StoreConformance
import Testing

@testable import PostgresStore
@testable import SQLStore

@Suite(
    "The connections to a PostgreSQL server",
    .enabled(if: TestServer.programs != nil, "PostgreSQL's server is not installed"))
struct ConnectionTests {
    private func withStore(
        of place: TestServer.Place, _ body: (PostgresStore) async throws -> Void
    ) async throws {
        try await PromiseTests.turns.withPermit {
            let store = try await PostgresStore.open(
                place.server, signals: WorkSignals(), now: .start, readerCount: 1)
            try await body(store)
            await store.close()
        }
    }

    /// The failure that it ends with; nil for none.
    private func failure(_ body: () async throws(StoreFailure) -> Void) async -> StoreFailure? {
        do throws(StoreFailure) {
            try await body()
            return nil
        } catch {
            return error
        }
    }

    @Test("are made again after the server ended them, and nobody notices who did not write just then")
    func ended() async throws {
        let server = try await TestServer.shared.value
        let place = try server.place()

        try await withStore(of: place) { store in
            let scene = Scene(store: store, signals: WorkSignals())
            let before = try await scene.inserted(to: ["12025550101"])
            try server.run(
                """
                SELECT pg_terminate_backend(pid) FROM pg_locks
                WHERE locktype = 'advisory' AND objid = (hashtext('postgres.\(place.schema)')::bigint & 4294967295)::oid
                """)

            let after = try await scene.inserted(to: ["12025550102"])

            for batch in [before, after] { #expect(try await store.batch(batch.id, of: Scene.owner) == batch) }
        }
    }

    @Test("that are cut behind a commit: what was written is there once, and its caller is told so")
    func behindCommit() async throws {
        let proxy = try await CuttingProxy(to: TestServer.shared.value.port)
        var place = try await TestServer.shared.value.place()
        place.port = proxy.port

        try await withStore(of: place) { store in
            proxy.cutNext(.behindCommit)
            let batch = try await Scene(store: store, signals: WorkSignals()).inserted(to: ["12025550101"])

            #expect(try await store.batch(batch.id, of: Scene.owner) == batch)
        }
    }

    @Test("that are cut before a commit: nothing was written, and the next call is well")
    func beforeCommit() async throws {
        let proxy = try await CuttingProxy(to: TestServer.shared.value.port)
        var place = try await TestServer.shared.value.place()
        place.port = proxy.port

        try await withStore(of: place) { store in
            let scene = Scene(store: store, signals: WorkSignals())
            let (batch, messages) = try scene.submittal(to: ["12025550101"])
                .accepted(now: .start, expansion: Expansion(routes: Scene.routes, ids: ULIDGenerator()))
            proxy.cutNext(.beforeCommit)
            let failure = await failure { () throws(StoreFailure) in
                _ = try await store.insert(batch, messages: messages)
            }

            guard case .unavailable = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(try await store.batch(batch.id, of: Scene.owner) == nil)
            #expect(try await store.insert(batch, messages: messages) == .inserted)
        }
    }

    @Test(
        "a server that loses what it has confirmed is refused",
        arguments: ["synchronous_commit"])
    func unsafe(_ setting: String) async throws {
        var place = try await TestServer.shared.value.place()
        place.options = "-c \(setting)=off"

        let failure = await failure { [place] () throws(StoreFailure) in
            _ = try await PostgresStore.open(place.server, signals: WorkSignals())
        }

        guard case .broken(let text) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(text.contains("\(setting) is off"))
    }

    @Test("a server that is not there is named, and its password is not")
    func absent() async throws {
        let failure = await failure { () throws(StoreFailure) in
            _ = try await PostgresStore.open(
                PostgresServer(
                    Secret("postgresql://gateway:hidden@127.0.0.1:1/gateway"), password: Secret("secret")),
                signals: WorkSignals())
        }

        guard case .unavailable(let text) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(text.contains("postgresql://127.0.0.1:1/gateway"))
        #expect(!text.contains("hidden") && !text.contains("secret"))
    }

    @Test("tables of a later release are left alone")
    func later() async throws {
        let server = try await TestServer.shared.value
        let place = try server.place()
        try await withStore(of: place) { _ in }
        try server.run("UPDATE \(place.schema).gateway_schema SET number = 99")

        let failure = await failure { () throws(StoreFailure) in
            _ = try await PostgresStore.open(place.server, signals: WorkSignals())
        }

        #expect(failure?.description.contains("schema 99") == true, "\(String(describing: failure))")
    }

    @Test("one call that cannot be written fails alone, and those that were written with it are there")
    func failsAlone() async throws {
        try await withStore(of: try await TestServer.shared.value.place()) { store in
            let writer = store.writer
            async let first: Void = writer.write { (transaction) throws(SQLError) in
                try transaction.connection.write(OwnerQuery.insert, [":kind": .text("app"), ":name": .text("a")])
            }
            async let wrong = failure { () throws(StoreFailure) in
                try await writer.write { (transaction) throws(SQLError) in
                    try transaction.connection.write(OwnerQuery.insert, [":kind": .null, ":name": .text("b")])
                }
            }
            async let last: Void = writer.write { (transaction) throws(SQLError) in
                try transaction.connection.write(OwnerQuery.insert, [":kind": .text("app"), ":name": .text("c")])
            }
            _ = try await (first, last)

            guard case .broken = await wrong else {
                Issue.record("\(String(describing: await wrong))")
                return
            }
            for name in ["a", "c"] {
                let id = try await store.readers.read { (snapshot) throws(SQLError) in
                    try snapshot.connection.first(OwnerQuery.find, [":kind": .text("app"), ":name": .text(name)]) { _ in
                        true
                    }
                }
                #expect(id == true, "\(name)")
            }
        }
    }

    @Test("a command reads beside the gateway, and does not read tables that are not there yet")
    func commands() async throws {
        let place = try await TestServer.shared.value.place()
        let early = await failure { () throws(StoreFailure) in
            _ = try await PostgresStore.openForReading(place.server)
        }
        #expect(early?.description.contains("has not run with it yet") == true, "\(String(describing: early))")

        try await withStore(of: place) { store in
            _ = try await Scene(store: store, signals: WorkSignals()).inserted(to: ["12025550101"])
            let inspection = try await PostgresStore.openForReading(place.server)
            let overview = try await inspection.overview()
            await inspection.close()
            let quarantine = try await PostgresStore.openQuarantine(place.server)
            let released = try await quarantine.release([], now: .start)
            await quarantine.close()

            #expect(overview.messages.isEmpty == false)
            #expect(released.isEmpty)
        }
    }
}
