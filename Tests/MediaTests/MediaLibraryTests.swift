import Foundation
import GatewayCore
import Testing

@testable import Media

@Suite("Media on disk")
struct MediaLibraryTests {
    private func withLibrary(_ body: (MediaLibrary, URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(try MediaLibrary(dataDirectory: folder.path), folder)
    }

    private func files(in folder: URL) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
            !$0.hasSuffix("media") && $0.contains("/")
        }
        .filter {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: folder.appending(path: $0).path, isDirectory: &isFolder)
            return !isFolder.boolValue
        }
    }

    @Test("what was stored is read back, under the SHA-256 of its bytes")
    func roundTrip() async throws {
        try await withLibrary { library, folder in
            let stored = try await library.store(Array("abc".utf8), contentType: "text/plain")

            #expect(
                stored
                    == StoredMedia(
                        hash: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                        contentType: "text/plain", byteCount: 3))
            #expect(try await library.bytes(of: stored) == Array("abc".utf8))
        }
    }

    @Test("equal content is one file, and no draft is left behind")
    func once() async throws {
        try await withLibrary { library, folder in
            let picture = [UInt8](repeating: 7, count: 100_000)

            async let first = library.store(picture, contentType: "image/jpeg")
            async let second = library.store(picture, contentType: "image/jpeg")
            _ = try await (first, second)

            #expect(try files(in: folder).count == 1)
        }
    }

    @Test(
        "content that is stored again keeps its file's time for a minute, and is then as good as new",
        arguments: [30, 90])
    func again(secondsAgo: Int) async throws {
        try await withLibrary { library, folder in
            _ = try await library.store(Array("abc".utf8), contentType: "text/plain")
            let file = folder.appending(path: try #require(try files(in: folder).first)).path
            let before = Date(timeIntervalSinceNow: -Double(secondsAgo))
            try FileManager.default.setAttributes([.modificationDate: before], ofItemAtPath: file)

            _ = try await library.store(Array("abc".utf8), contentType: "text/plain")

            let time = try #require(
                try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date)
            #expect((abs(time.timeIntervalSince(before)) < 1) == (secondsAgo < 60))
        }
    }

    @Test("a file that was taken away is written again, however short ago it was stored")
    func takenAway() async throws {
        try await withLibrary { library, folder in
            let first = try await library.store(Array("abc".utf8), contentType: "text/plain")
            try FileManager.default.removeItem(
                at: folder.appending(path: try #require(try files(in: folder).first)))

            _ = try await library.store(Array("abc".utf8), contentType: "text/plain")

            #expect(try await library.bytes(of: first) == Array("abc".utf8))
        }
    }

    @Test("a file that lost its end is not read as if it were whole")
    func truncated() async throws {
        try await withLibrary { library, folder in
            let stored = try await library.store(Array("abcdef".utf8), contentType: "text/plain")
            let file = try #require(try files(in: folder).first)
            try Data("abc".utf8).write(to: folder.appending(path: file))

            await #expect(throws: DiskFailure.self) { try await library.bytes(of: stored) }
        }
    }

    @Test("what a crash left half written is gone at the next start, and what was whole is there")
    func leftovers() async throws {
        try await withLibrary { library, folder in
            let stored = try await library.store(Array("abc".utf8), contentType: "text/plain")
            try Data("ab".utf8).write(to: folder.appending(path: "media/drafts/half"))

            let again = try MediaLibrary(dataDirectory: folder.path)

            #expect(try files(in: folder).count == 1)
            #expect(try await again.bytes(of: stored) == Array("abc".utf8))
        }
    }

    @Test("open content is read piece by piece, and to its end when its name is taken away")
    func pieces() async throws {
        try await withLibrary { library, folder in
            let stored = try await library.store(Array("abcdef".utf8), contentType: "text/plain")
            let media = try #require(try await library.open(stored.hash))
            let file = try #require(try files(in: folder).first)
            try FileManager.default.removeItem(at: folder.appending(path: file))

            #expect(media.byteCount == 6)
            #expect(try await media.bytes(from: 1, count: 2) == Array("bc".utf8))
            #expect(try await media.bytes(from: 3, count: 3) == Array("def".utf8))
            await #expect(throws: DiskFailure.self) { try await media.bytes(from: 3, count: 4) }
            #expect(try await library.open(stored.hash) == nil)
        }
    }

    @Test("open content is closed when nobody has it any more, read or not")
    func closing() async throws {
        try await withLibrary { library, folder in
            let stored = try await library.store(Array("abcdef".utf8), contentType: "text/plain")
            let path = folder.appending(path: try #require(try files(in: folder).first)).resolvingSymlinksInPath().path
            func descriptors() throws -> Int {
                try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").filter {
                    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == path
                }.count
            }

            var media: OpenMedia? = try await library.open(stored.hash)
            #expect(media?.byteCount == 6)
            #expect(try descriptors() == 1)
            media = nil

            #expect(try descriptors() == 0)
        }
    }

    @Test("folders that somebody took away are made again, with the next file and with the next look")
    func removedFolders() async throws {
        try await withLibrary { library, folder in
            let first = try await library.store(Array("first".utf8), contentType: "image/jpeg")
            try FileManager.default.removeItem(at: folder.appending(path: "media"))

            try await library.check()
            let again = try await library.store(Array("first".utf8), contentType: "image/jpeg")

            #expect(again == first)
            #expect(try await library.bytes(of: again) == Array("first".utf8))
        }
    }

    @Test("a folder that cannot be made is an error that says so")
    func noFolder() {
        #expect(throws: DiskFailure.self) { try MediaLibrary(dataDirectory: "/proc/nowhere") }
    }
}
