import Crypto
import Foundation
import GatewayCore
import Media
import Testing

@testable import Hosting

@Suite("Keys of links")
struct LinkKeysTests {
    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    @Test("a key is made once, for its owner's eyes only, and is the same at the next start")
    func made() throws {
        try withFolder { folder in
            try Data("half".utf8).write(to: folder.appending(path: "media.key.draft"))

            let first = try LinkKeys(configured: [], dataDirectory: folder.path)
            let second = try LinkKeys(configured: [], dataDirectory: folder.path)

            #expect(first.first == second.first)
            #expect(first.isNew && !second.isNew)
            #expect(first.first.bitCount == 256)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["media.key"])
            let path = folder.appending(path: "media.key").path
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("two folders have two keys")
    func different() throws {
        try withFolder { one in
            try withFolder { other in
                let first = try LinkKeys(configured: [], dataDirectory: one.path)
                #expect(try LinkKeys(configured: [], dataDirectory: other.path).first != first.first)
            }
        }
    }

    @Test("configured keys take the place of one that is kept; no file is made for them")
    func configured() throws {
        try withFolder { folder in
            let keys = try LinkKeys(configured: [Secret("new"), Secret("old")], dataDirectory: folder.path)

            #expect(keys.all == [SymmetricKey(data: Data("new".utf8)), SymmetricKey(data: Data("old".utf8))])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test("what is no key is not taken for one and not replaced, and the words say what to do", arguments: [0, 5, 33])
    func damaged(octets: Int) throws {
        try withFolder { folder in
            let path = folder.appending(path: "media.key")
            try Data(repeating: 7, count: octets).write(to: path)

            let failure = #expect(throws: DiskFailure.self) {
                try LinkKeys(configured: [], dataDirectory: folder.path)
            }

            #expect(failure?.description.contains("\(path.path) is not the key of media links") == true)
            #expect(try Data(contentsOf: path).count == octets)
        }
    }

    @Test("a key may be mounted as a symbolic link; one that leads nowhere is not replaced", arguments: [true, false])
    func mounted(exists: Bool) throws {
        try withFolder { folder in
            let secret = folder.appending(path: "secret")
            if exists { try Data(repeating: 7, count: 32).write(to: secret) }
            let path = folder.appending(path: "media.key").path
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: secret.path)

            let keys = try? LinkKeys(configured: [], dataDirectory: folder.path)

            #expect(keys?.first == (exists ? SymmetricKey(data: Data(repeating: 7, count: 32)) : nil))
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == secret.path)
        }
    }

    @Test("no folder is an error that says so")
    func noFolder() throws {
        try withFolder { folder in
            #expect(throws: DiskFailure.self) { try LinkKeys(configured: [], dataDirectory: folder.path + "/no") }
        }
    }
}
