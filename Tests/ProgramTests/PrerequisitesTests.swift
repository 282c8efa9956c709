import Foundation
import Testing

@Suite("What building wants")
struct PrerequisitesTests {
    @Test("without Swift the first command says how to come by it, and ends with 1")
    func withoutSwift() throws {
        let script = Process()
        script.executableURL = URL(filePath: "/bin/bash")
        script.arguments = [Repository.root.appending(path: ".ci/prerequisites").path]
        script.environment = ["PATH": "/none"]
        let output = Pipe()
        script.standardError = output

        try script.run()
        let words = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        script.waitUntilExit()

        #expect(script.terminationStatus == 1)
        #expect(words.hasPrefix("Swift 6.3 is not installed"))
        #expect(words.contains("swift.org/install"))
        #expect(words.contains("docker compose"))
    }
}

enum Repository {
    /// The folder that everything is in.
    static let root = (0..<3).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
}
