import Foundation
import GatewayCore
import Testing

@testable import Media

@Suite("Media that several gateways share")
struct SharedMediaTests {
    private let shelf = SharedShelf()

    private func withFolders(_ body: (_ one: String, _ other: String) async throws -> Void) async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: root) }
        let folders = ["one", "other"].map { root.appending(path: $0).path }
        for folder in folders {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        try await body(folders[0], folders[1])
    }

    private func files(of media: StoredMedia, in folder: String) -> String {
        "\(folder)/media/\(media.hash.prefix(2))/\(media.hash)"
    }

    @Test("content is kept in both places, and the next of the same is no call for a while")
    func both() async throws {
        try await withFolders { one, _ in
            let library = try MediaLibrary(dataDirectory: one, shared: shelf)

            let media = try await library.store(Array("abc".utf8), contentType: "text/plain")
            _ = try await library.store(Array("abc".utf8), contentType: "text/plain")

            #expect(shelf.hashes == [media.hash])
            #expect(FileManager.default.fileExists(atPath: files(of: media, in: one)))
            #expect(shelf.calls == ["renew", "keep"])
        }
    }

    @Test("what is kept already is renewed and not sent again")
    func renewed() async throws {
        try await withFolders { one, other in
            let first = try MediaLibrary(dataDirectory: one, shared: shelf)
            let second = try MediaLibrary(dataDirectory: other, shared: shelf)

            _ = try await first.store(Array("abc".utf8), contentType: "text/plain")
            _ = try await second.store(Array("abc".utf8), contentType: "text/plain")

            #expect(shelf.calls == ["renew", "keep", "renew"])
        }
    }

    @Test("what another has stored is read, opened, and has a file here from then on")
    func brought() async throws {
        try await withFolders { one, other in
            let first = try MediaLibrary(dataDirectory: one, shared: shelf)
            let second = try MediaLibrary(dataDirectory: other, shared: shelf)
            let read = try await first.store(Array("read".utf8), contentType: "text/plain")
            let opened = try await first.store(Array("opened".utf8), contentType: "text/plain")

            #expect(try await second.bytes(of: read) == Array("read".utf8))
            #expect(try await second.open(opened.hash)?.bytes(from: 2, count: 3) == Array("ene".utf8))
            let calls = shelf.calls
            #expect(try await second.bytes(of: read) == Array("read".utf8))
            #expect(try await second.open(opened.hash)?.byteCount == 6)

            #expect(shelf.calls == calls)
            #expect(FileManager.default.fileExists(atPath: files(of: read, in: other)))
        }
    }

    @Test("content that many need at once is fetched once")
    func once() async throws {
        try await withFolders { one, other in
            let media = try await MediaLibrary(dataDirectory: one, shared: shelf)
                .store([UInt8](repeating: 7, count: 100_000), contentType: "image/jpeg")
            let library = try MediaLibrary(dataDirectory: other, shared: shelf)

            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 { group.addTask { try await library.bytes(of: media).count } }
                for try await count in group { #expect(count == 100_000) }
            }

            // One that finds no file while the first is writing it may come a moment after it.
            #expect(shelf.calls.count { $0 == "bytes" } <= 2)
        }
    }

    @Test("a file that lost its end is replaced by the shared content")
    func truncated() async throws {
        try await withFolders { one, _ in
            let library = try MediaLibrary(dataDirectory: one, shared: shelf)
            let media = try await library.store(Array("abcdef".utf8), contentType: "text/plain")
            try Data("abc".utf8).write(to: URL(filePath: files(of: media, in: one)))

            #expect(try await library.bytes(of: media) == Array("abcdef".utf8))
            #expect(FileManager.default.contents(atPath: files(of: media, in: one)) == Data("abcdef".utf8))
        }
    }

    @Test("content that is not what its name says is refused and makes no file")
    func wrong() async throws {
        try await withFolders { one, other in
            let library = try MediaLibrary(dataDirectory: one, shared: shelf)
            let media = try await MediaLibrary(dataDirectory: other)
                .store(Array("right".utf8), contentType: "text/plain")
            shelf.set(Array("wrong".utf8), as: media.hash)

            let failure = await #expect(throws: DiskFailure.self) { try await library.bytes(of: media) }
            await #expect(throws: DiskFailure.self) { try await library.open(media.hash) }

            #expect(failure?.description.contains("other content") == true)
            #expect(!FileManager.default.fileExists(atPath: files(of: media, in: one)))
        }
    }

    @Test("what nobody has is missing, as without shared media")
    func missing() async throws {
        try await withFolders { one, other in
            let library = try MediaLibrary(dataDirectory: one, shared: shelf)
            let media = try await MediaLibrary(dataDirectory: other)
                .store(Array("gone".utf8), contentType: "text/plain")

            #expect(try await library.open(media.hash) == nil)
            await #expect(throws: DiskFailure.self) { try await library.bytes(of: media) }
        }
    }

    @Test("nothing is stored while the shared media fail; what has a file here is still read")
    func failing() async throws {
        try await withFolders { one, _ in
            let library = try MediaLibrary(dataDirectory: one, shared: shelf)
            let media = try await library.store(Array("before".utf8), contentType: "text/plain")
            shelf.fail(.unavailable("the server is away"))

            let failure = await #expect(throws: DiskFailure.self) {
                try await library.store(Array("abc".utf8), contentType: "text/plain")
            }
            #expect(failure?.description.contains("the server is away") == true)
            #expect(try await library.bytes(of: media) == Array("before".utf8))

            shelf.fail(nil)
            let stored = try await library.store(Array("abc".utf8), contentType: "text/plain")
            #expect(shelf.hashes == [media.hash, stored.hash])
        }
    }

    @Test("who only looks reads what is shared, and makes no file")
    func looking() async throws {
        try await withFolders { one, other in
            let media = try await MediaLibrary(dataDirectory: one, shared: shelf)
                .store(Array("abc".utf8), contentType: "text/plain")

            #expect(try await MediaLibrary(readingIn: other, shared: shelf).bytes(of: media) == Array("abc".utf8))
            #expect(try FileManager.default.contentsOfDirectory(atPath: other).isEmpty)
        }
    }

    @Test("files from before are shared once, but not a damaged one")
    func firstShare() async throws {
        try await withFolders { one, _ in
            let alone = try MediaLibrary(dataDirectory: one)
            let good = try await alone.store(Array("good".utf8), contentType: "text/plain")
            let bad = try await alone.store(Array("bad".utf8), contentType: "text/plain")
            try Data("bax".utf8).write(to: URL(filePath: files(of: bad, in: one)))
            #expect(try await alone.shareFilesOnce() == nil)

            let library = try MediaLibrary(dataDirectory: one, shared: shelf)
            #expect(try await library.shareFilesOnce() == .init(sharedCount: 1, damagedCount: 1))
            #expect(shelf.hashes == [good.hash])

            shelf.forget(good.hash)
            #expect(try await library.shareFilesOnce() == nil)

            #expect(shelf.hashes.isEmpty)
            // A database that was restored has lost it.
            try await shelf.changeIdentity()
            let restarted = try MediaLibrary(dataDirectory: one, shared: shelf)
            #expect(try await restarted.shareFilesOnce() == .init(sharedCount: 1, damagedCount: 1))
            #expect(shelf.hashes == [good.hash])
        }
    }
}
