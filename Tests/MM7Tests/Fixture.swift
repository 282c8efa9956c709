import Foundation
import Testing

@testable import MM7

/// A file of `Fixtures`; its README says what each of them stands for.
enum Fixture {
    static func bytes(_ name: String) throws -> [UInt8] {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
        return [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
    }

    static func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }
}

extension String {
    /// The text as bytes, every line ended by CRLF.
    var crlf: [UInt8] { Array(split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n").utf8) }
}

/// A generator whose numbers are known.
struct CountingGenerator: RandomNumberGenerator {
    var state: UInt64 = 0

    mutating func next() -> UInt64 {
        state += 1
        return state
    }
}
