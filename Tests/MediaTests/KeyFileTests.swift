import Foundation
import Testing

@testable import Media

@Suite("A key that the gateway makes for itself")
struct KeyFileTests {
    private let file = KeyFile("apps.key", the: "key of apps", loss: "loses them")

    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    @Test("it is made when it is needed, and not when somebody looks whether it is there")
    func made() throws {
        try withFolder { folder in
            #expect(try file.kept(in: folder) == nil)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)

            let made = try file.octets(in: folder)

            #expect(made.isNew && made.octets.count == 32)
            #expect(try file.kept(in: folder) == made.octets)
            let again = try file.octets(in: folder)
            #expect(again.octets == made.octets && !again.isNew)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["apps.key"])
        }
    }

    @Test("what is none is not replaced, and the words say which key is lost")
    func damaged() throws {
        try withFolder { folder in
            try Data("half".utf8).write(to: URL(filePath: "\(folder)/apps.key"))

            let failure = #expect(throws: DiskFailure.self) { try file.octets(in: folder) }

            #expect(failure?.description.contains("apps.key is not the key of apps") == true)
            #expect(failure?.description.hasSuffix("which loses them") == true)
            #expect(throws: DiskFailure.self) { try file.kept(in: folder) }
        }
    }
}
