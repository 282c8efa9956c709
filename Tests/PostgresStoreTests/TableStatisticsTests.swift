import GatewayCore
import PostgresServer
import StoreConformance
import Testing

@testable import PostgresStore
@testable import SQLStore

@Suite(
    "The server's statistics of tables that grow",
    .enabled(if: TestServer.programs != nil, "PostgreSQL's server is not installed"))
struct TableStatisticsTests {
    @Test("are renewed soon, also where its own daemon does not come")
    func grown() async throws {
        let place = try await TestServer.shared.value.place()
        let driver = try PostgresDriver(place.server, as: .reader)
        defer { driver.close() }
        try await PromiseTests.turns.withPermit {
            let scene = try await Replicas.open(place)
            try await scene.inserted(to: (0..<700).map { "1202555\(1000 + $0)" })
            func rows() throws -> Double? {
                try driver.query(
                    "SELECT reltuples FROM pg_class WHERE oid = 'message'::regclass", doing: "testing"
                ).text(0, 0).flatMap { Double($0) }
            }

            #expect(try await eventually { try rows().flatMap { $0 > 0 ? $0 : nil } } == 700)

            await scene.store.close()
        }
    }
}
