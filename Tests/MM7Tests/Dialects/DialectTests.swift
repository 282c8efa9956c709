import Foundation
import Testing

@testable import MM7

/// The messages of `Fixtures/Dialects`, each with the JSON that says what is to be read out of it.
@Suite struct DialectTests {
    @Test("a message of any dialect is read as its JSON says", arguments: try Dialect.all())
    func dialects(_ dialect: Dialect) throws {
        let expected = try JSONDecoder().decode(ExpectedMessage.self, from: dialect.json)

        let observed: JSONValue
        do throws(MM7Error) {
            observed = JSONValue(try MessageReader().read(dialect.body, contentType: dialect.contentType))
        } catch {
            observed = JSONValue(error)
        }

        #expect(expected.differences(from: observed) == [])
    }

    @Test("every fixture has its JSON and its line in the README, and there is nothing else")
    func completeness() throws {
        let messages = try Dialect.files { $0 != "json" }
        let expectations = try Dialect.files { $0 == "json" }
        let described = try Fixture.text("README.md").split(separator: "## Dialects")[1].split(separator: "\n")
            .filter { $0.hasPrefix("- `") }.compactMap { $0.split(separator: "`").dropFirst().first }

        #expect(messages.map(Dialect.stem) == expectations.map(Dialect.stem))
        #expect(messages == described.map(String.init).sorted())
    }
}

/// One fixture: `.http` has a head that names the Content-Type, `.xml` is sent as text/xml.
struct Dialect: Sendable, CustomTestStringConvertible {
    var name: String
    var contentType: String?
    var body: ArraySlice<UInt8>
    var json: Data

    var testDescription: String { name }

    static func all() throws -> [Dialect] { try files { $0 != "json" }.map { try Dialect(file: $0) } }

    /// The names of files with such an extension, in order.
    static func files(where isWanted: (String) -> Bool) throws -> [String] {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
        return try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("Dialects").path)
            .filter { isWanted(URL(fileURLWithPath: $0).pathExtension) }.sorted()
    }

    static func stem(_ file: String) -> String { String(file.prefix { $0 != "." }) }

    private init(file: String) throws {
        name = file
        body = try Fixture.bytes("Dialects/" + file)[...]
        json = Data(try Fixture.bytes("Dialects/" + Self.stem(file) + ".json"))
        contentType = "text/xml"
        guard file.hasSuffix(".http") else { return }

        let emptyLine = try #require(body.firstRange(of: Array("\r\n\r\n".utf8)))
        let head = String(decoding: body[..<emptyLine.lowerBound], as: UTF8.self).replacing("\r\n ", with: " ")
        body = body[emptyLine.upperBound...]
        let field = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-type:") }
        contentType = field.map { String($0.dropFirst("content-type:".count)) }
    }
}
