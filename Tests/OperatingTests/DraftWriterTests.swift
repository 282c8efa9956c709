import Foundation
import GatewayCore
import Testing

@testable import Operating

@Suite("Writing a first configuration")
struct DraftWriterTests {
    private func withFolder(_ body: (_ folder: String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path())
    }

    private func mode(of path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("secrets are for their owner alone, and nothing else is left in the folder")
    func modes() throws {
        try withFolder { folder in
            let paths = try DraftWriter(path: folder + "/gateway.json", replaces: false).write(ConfigurationDraft())

            #expect(paths == [folder + "/gateway.json", folder + "/plan1.token"])
            #expect(try mode(of: paths[1]) == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
        }
    }

    @Test("what is there is replaced only where that is asked for, and nothing is written before")
    func present() throws {
        try withFolder { folder in
            let path = folder + "/gateway.json"
            try Data("mine".utf8).write(to: URL(filePath: folder + "/plan1.token"))

            #expect(throws: DraftWriter.Failure.self) {
                try DraftWriter(path: path, replaces: false).write(ConfigurationDraft())
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["plan1.token"])

            let draft = ConfigurationDraft()
            _ = try DraftWriter(path: path, replaces: true).write(draft)
            #expect(
                try String(contentsOfFile: folder + "/plan1.token", encoding: .utf8) == draft.token.reveal() + "\n")
            #expect(try mode(of: folder + "/plan1.token") == 0o600)
        }
    }

    @Test("a folder that is not there is named, with what to do")
    func missing() throws {
        try withFolder { folder in
            let failure = try #require(throws: DraftWriter.Failure.self) {
                try DraftWriter(path: folder + "/none/gateway.json", replaces: false).write(ConfigurationDraft())
            }
            #expect(failure.description.hasPrefix("\(folder)/none/gateway.json cannot be written: "))
        }
    }
}
