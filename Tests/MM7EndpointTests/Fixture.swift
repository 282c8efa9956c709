import Foundation
import Testing

/// The files in `Fixtures`; its README says after what they were made.
enum Fixture {
    static func request(_ name: String) throws -> [UInt8] { try bytes("requests", name) }

    static func answer(_ name: String) throws -> String {
        let text = String(decoding: try bytes("answers", "\(name).xml"), as: UTF8.self)
        // Answers end without a line end, and files do not.
        return String(text.dropLast())
    }

    private static func bytes(_ folder: String, _ name: String) throws -> [UInt8] {
        let fixtures = try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures")
        return Array(try Data(contentsOf: fixtures.appendingPathComponent(folder).appendingPathComponent(name)))
    }
}
