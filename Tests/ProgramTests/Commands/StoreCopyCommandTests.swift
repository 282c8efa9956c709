import Foundation
import GatewayCore
import PostgresServer
import SQLStore
import SQLiteStore
import TestPeers
import Testing

@Suite("store copy", .timeLimit(.minutes(5)))
struct StoreCopyCommandTests: ProgramTesting {
    @Test(
        "moves the data there and back, and says what it does",
        .enabled(if: TestServer.programs != nil, "PostgreSQL's server is not installed"))
    func thereAndBack() async throws {
        try await withFolder { folder in
            let place = try await TestServer.shared.value.place()
            let path = try configure(folder, more: #"store: {postgresql: "\#(place.text)"},"#)
            let store = try await SQLiteStore.open(directory: folder + "/data", signals: WorkSignals())
            try await store.keep(
                KeptAnswer(
                    owner: .servicePlan("plan1"), key: "key1", request: "POST", status: 201, body: Array("{}".utf8),
                    at: Date()))
            await store.close()

            let there = try await run(["store", "copy", "--to", "postgresql", "--config", path])
            let again = try await run(["store", "copy", "--to", "postgresql", "--config", path])
            let occupied = try await run(["store", "copy", "--to", "sqlite", "--config", path])
            try FileManager.default.moveItem(atPath: folder + "/data", toPath: folder + "/moved")
            let back = try await run(["store", "copy", "--to", "sqlite", "--config", path])

            #expect(there.code == 0, "\(there.output)")
            #expect(
                there.output.hasPrefix(
                    "Copying from the SQLite database in \(folder)/data to the PostgreSQL database host=127.0.0.1"))
            #expect(there.output.contains("\nkept_answer: 1\n"))
            #expect(there.output.contains("\n2 rows of "))
            #expect(there.output.contains("Leave store.postgresql in the configuration"))
            #expect(again.code == 1)
            #expect(again.output.contains("its table owner has rows"), "\(again.output)")
            #expect(occupied.code == 1)
            #expect(occupied.output.contains("move gateway.sqlite"), "\(occupied.output)")
            #expect(back.code == 0, "\(back.output)")
            #expect(back.output.contains("\nkept_answer: 1\n"))
            #expect(back.output.contains("Take store.postgresql and store.password out of the configuration"))
        }
    }

    @Test("needs a configuration that names the server, and a word for the target")
    func unknown() async throws {
        try await withFolder { folder in
            let path = try configure(folder)

            let unnamed = try await run(["store", "copy", "--to", "sqlite", "--config", path])

            #expect(unnamed.code == 1)
            #expect(unnamed.output.contains("the configuration has no store.postgresql"), "\(unnamed.output)")
            for arguments in [[], ["--to", "disk"]] {
                #expect(try await run(["store", "copy", "--config", path] + arguments).code == 64)
            }
        }
    }
}
