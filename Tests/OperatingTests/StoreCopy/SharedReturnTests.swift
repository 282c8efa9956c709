import Foundation
import GatewayCore
import Media
import PostgresServer
import PostgresStore
import Testing

@testable import Operating

@Suite(
    "What gateways shared in PostgreSQL, after a copy back,",
    .enabled(if: TestServer.programs != nil, "PostgreSQL's server is not installed"))
struct SharedReturnTests {
    private let keys = [UInt8](1...2).map { [UInt8](repeating: $0, count: 32) }

    private func whileShared(
        in scene: CopyScene, _ body: (PostgresMedia) async throws -> Void
    ) async throws {
        _ = try await scene.copy(to: .postgresql)
        let shared = try await PostgresMedia.open(scene.server)
        let result: Result<Void, any Error>
        do { result = .success(try await body(shared)) } catch { result = .failure(error) }
        await shared.close()
        try result.get()
    }

    @Test("is in the data directory: media and keys")
    func all() async throws {
        try await CopyScene.run { scene in
            var media: [StoredMedia] = []
            try await whileShared(in: scene) { shared in
                let library = try MediaLibrary(dataDirectory: scene.data, shared: shared)
                for text in ["one", "two", "three"] {
                    media.append(try await library.store(Array(text.utf8), contentType: "text/plain"))
                }
                _ = try await shared.key("apps.key", orKeep: keys[0])
            }

            _ = try await scene.copy(to: .sqlite, in: scene.fresh)

            let library = MediaLibrary(readingIn: scene.fresh)
            #expect(try await library.bytes(of: media[0]) == Array("one".utf8))
            #expect(try await library.bytes(of: media[2]) == Array("three".utf8))
            #expect(FileManager.default.contents(atPath: scene.fresh + "/apps.key") == Data(keys[0]))
        }
    }

    @Test("does not take the place of another key")
    func otherKey() async throws {
        try await CopyScene.run { scene in
            try await whileShared(in: scene) { _ = try await $0.key("media.key", orKeep: keys[0]) }
            try FileManager.default.createDirectory(atPath: scene.fresh, withIntermediateDirectories: true)
            try Data(keys[1]).write(to: URL(filePath: scene.fresh + "/media.key"))

            #expect(await scene.refusal(to: .sqlite, in: scene.fresh).contains("move the file away"))

            #expect(FileManager.default.contents(atPath: scene.fresh + "/media.key") == Data(keys[1]))
            #expect(!FileManager.default.fileExists(atPath: scene.fresh + "/gateway.sqlite"))
        }
    }
}
