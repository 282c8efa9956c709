import Foundation
package import MockMMSC

/// A folder of the test's own, gone afterwards.
package func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.path)
}

/// What a test did not expect, in words.
package struct Unexpected: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

extension MockMMSC.Configuration {
    /// Reports at once and forgives nothing.
    package static var forTests: Self {
        var configuration = Self()
        configuration.reportDelay = .zero
        configuration.reportRetryDelay = .milliseconds(20)
        return configuration
    }
}
