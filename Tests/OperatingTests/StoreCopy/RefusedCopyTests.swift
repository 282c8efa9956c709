import Foundation
import GatewayCore
import PostgresServer
import StoreConformance
import Testing

@testable import Operating
@testable import SQLStore
@testable import SQLiteStore

@Suite(
    "A copy of a store is refused, and changes nothing,",
    .enabled(if: TestServer.programs != nil, "PostgreSQL's server is not installed"))
struct RefusedCopyTests {
    @Test("while a gateway runs on the database in the data directory", arguments: StoreCopy.Target.allCases)
    func runningOnSQLite(_ target: StoreCopy.Target) async throws {
        try await CopyScene.run { scene in
            try await scene.withSQLite(scene.data) { _ in
                #expect(await scene.refusal(to: target).contains("is in use by another gateway"))
            }
        }
    }

    @Test("while a gateway runs on that of the server", arguments: StoreCopy.Target.allCases)
    func runningOnPostgreSQL(_ target: StoreCopy.Target) async throws {
        try await CopyScene.runFilled { scene in
            let directory = target == .sqlite ? scene.fresh : scene.data
            try await scene.withPostgres { _ in
                #expect(await scene.refusal(to: target, in: directory).contains("a gateway or another copy uses it"))
            }
            #expect(!FileManager.default.fileExists(atPath: scene.fresh + "/gateway.sqlite"))
        }
    }

    @Test("where the source is of an earlier release, or not there")
    func otherSchema() async throws {
        try await CopyScene.run(schema: "V002") { scene in
            #expect(await scene.refusal(to: .postgresql).contains("it has schema 2"))
            #expect(await scene.refusal(to: .postgresql, in: scene.fresh).contains("there is no database at"))
            #expect(await scene.refusal(to: .sqlite, in: scene.fresh).contains("it has no tables of the gateway"))
        }
    }

    @Test("where the target has a row in a table")
    func occupied() async throws {
        try await CopyScene.runFilled { scene in
            let rows = try scene.rows(in: scene.data)
            _ = try await scene.copy(to: .postgresql)

            #expect(await scene.refusal(to: .postgresql).contains("its table owner has rows"))
            let refusal = await scene.refusal(to: .sqlite)
            #expect(refusal.contains("its table owner has rows"), "\(refusal)")
            #expect(refusal.contains("move gateway.sqlite"), "\(refusal)")
            #expect(try scene.rows(in: scene.data) == rows)
        }
    }

    @Test("but not where a gateway has only been started there")
    func onlyStarted() async throws {
        try await CopyScene.runFilled { scene in
            try await scene.withPostgres { _ in }
            try await scene.withSQLite(scene.fresh) { _ in }

            _ = try await scene.copy(to: .postgresql)
            _ = try await scene.copy(to: .sqlite, in: scene.fresh)

            #expect(try scene.rows(in: scene.fresh) == scene.rows(in: scene.data))
        }
    }

    @Test("where what arrived is not what was sent: the table and the column are named")
    func different() async throws {
        try await CopyScene.runFilled { scene in
            try await scene.withPostgres { _ in }
            try await TestServer.shared.value.run(
                """
                SET search_path = \(scene.place.schema);
                CREATE FUNCTION spoil() RETURNS TRIGGER LANGUAGE plpgsql
                AS $$ BEGIN NEW.originator = 'somebody'; RETURN NEW; END $$;
                CREATE TRIGGER spoil BEFORE INSERT ON batch FOR EACH ROW EXECUTE FUNCTION spoil();
                """)

            let refusal = await scene.refusal(to: .postgresql)
            try await TestServer.shared.value.run("DROP TRIGGER spoil ON \(scene.place.schema).batch")

            #expect(refusal.contains("the table batch has other values in the column originator"), "\(refusal)")
            // Nothing of it is there.
            _ = try await scene.copy(to: .postgresql)
        }
    }

    @Test("where rows go astray")
    func missing() async throws {
        try await CopyScene.runFilled { scene in
            try await scene.withPostgres { _ in }
            try await TestServer.shared.value.run(
                """
                SET search_path = \(scene.place.schema);
                CREATE FUNCTION lose() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
                CREATE TRIGGER lose BEFORE INSERT ON report FOR EACH ROW EXECUTE FUNCTION lose();
                """)

            let refusal = await scene.refusal(to: .postgresql)

            #expect(refusal.hasPrefix("the copy was broken off, and nothing was changed: copying report"), "\(refusal)")
        }
    }
}
