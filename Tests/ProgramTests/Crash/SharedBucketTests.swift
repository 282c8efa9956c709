import Foundation
import PostgresServer
import TestPeers
import Testing

/// Executables that share a database, and a bucket for the bytes of media.
@Suite(
    "Gateways that share a bucket", .serialized, .timeLimit(.minutes(5)),
    .enabled(if: TestServer.programs != nil, "PostgreSQL's server is not installed"))
struct SharedBucketTests {
    @Test("send what another has put there, which is lost with its machine")
    func bucket() async throws {
        let storage = TestStorage()
        try await storage.serving { url in
            let media = """
                shared_storage: {endpoint: "\(url)", region: "eu-1", bucket: "media", prefix: "mms/",
                  access_key_id: "AKID", secret_access_key: "a-secret-of-the-storage"}
                """
            try await ReplicaStage.run(count: 2, media: media) { stage in
                let peer = try stage.stage.peer(seed: 1)
                // The MMSC is away until the first gateway is gone.
                let first = try await stage.start(0, sendingTo: peer)
                try await stage.post(0, to: [first])
                try await stage.wait(forFetchedBatches: 1)
                #expect(storage.objects.count == 1)
                #expect(storage.objects.keys.allSatisfy { $0.hasPrefix("/media/mms/") })
                first.program.send(SIGKILL)
                _ = try await first.program.exitCode()
                try FileManager.default.removeItem(atPath: "\(stage.stage.folder)/0/data")

                let mmsc = try await peer.start()
                let others = [try await stage.start(1, sendingTo: peer), try await stage.start(0, sendingTo: peer)]
                let settlement = try await stage.settle(others, batches: 1, with: peer)

                #expect(settlement.faults.isEmpty, "\(settlement.faults.prefix(5))")
                #expect(settlement.figures.states == ["delivered": stage.stage.batchSize])
                #expect(storage.puts.count == 1)
                mmsc.send(SIGKILL)
                _ = try await mmsc.exitCode()
            }
        }
    }
}
