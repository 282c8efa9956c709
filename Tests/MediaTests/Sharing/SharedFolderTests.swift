import Foundation
import GatewayCore
import Testing

@testable import Media

@Suite("A folder of media that several gateways have")
struct SharedFolderTests {
    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.path)
    }

    private func entry(_ media: StoredMedia, in library: MediaLibrary) async throws -> MediaLibrary.Entry {
        let entries = try await library.entries(on: String(media.hash.prefix(2)))
        return try #require(entries.first { $0.hash == media.hash })
    }

    @Test("what one stores the other reads, and neither removes the other's drafts")
    func together() async throws {
        try await withFolder { folder in
            let one = try MediaLibrary(sharedFolder: folder)
            let draft = one.newDraft()
            try Data("half".utf8).write(to: URL(filePath: draft))

            let other = try MediaLibrary(sharedFolder: folder)
            let media = try await one.store(Array("abc".utf8), contentType: "text/plain")

            #expect(try await other.bytes(of: media) == Array("abc".utf8))
            #expect(FileManager.default.fileExists(atPath: draft))
            #expect(other.newDraft() != draft && other.newDraft().hasPrefix(folder + "/drafts/"))
            #expect(FileManager.default.fileExists(atPath: "\(folder)/\(media.hash.prefix(2))/\(media.hash)"))
        }
    }

    @Test("a folder that is not there is not made: it may not be mounted")
    func unmounted() async throws {
        try await withFolder { folder in
            let failure = #expect(throws: DiskFailure.self) { try MediaLibrary(sharedFolder: folder + "/mount") }

            #expect(failure?.description.contains("mount it") == true)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(names.isEmpty)
        }
    }

    @Test("a file that somebody stored again since the look stays, another one goes")
    func storedMeanwhile() async throws {
        try await withFolder { folder in
            let (one, other) = (try MediaLibrary(sharedFolder: folder), try MediaLibrary(sharedFolder: folder))
            let again = try await one.store(Array("again".utf8), contentType: "text/plain")
            let old = try await one.store(Array("old".utf8), contentType: "text/plain")
            let path = "\(folder)/\(again.hash.prefix(2))/\(again.hash)"
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -86_400)], ofItemAtPath: path)
            let entries = [try await entry(again, in: one), try await entry(old, in: one)]

            _ = try await other.store(Array("again".utf8), contentType: "text/plain")
            let removed = try await one.remove(entries)

            #expect(removed.map(\.hash) == [old.hash])
            #expect(try await other.bytes(of: again) == Array("again".utf8))
            #expect(try await other.open(old.hash) == nil)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/drafts").isEmpty)
        }
    }
}
