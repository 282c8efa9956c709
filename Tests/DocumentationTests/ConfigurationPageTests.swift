import Foundation
import Testing

@Suite("The page on the configuration")
struct ConfigurationPageTests {
    private let keys: [String: String?]
    private let rows: [[String]]

    init() throws {
        let data = try Data(contentsOf: Page.root.appending(path: "schemas/config.schema.json"))
        let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        keys = Self.keys(of: schema)
        rows = try Page("docs/configuration.md").rows
    }

    @Test("has a row for every key of the schema, and for no other")
    func complete() {
        // For editors alone.
        let expected = Set(keys.keys).subtracting(["$schema"])
        let described = rows.flatMap { Page.quoted(in: $0[0]) }

        #expect(expected.subtracting(described).sorted() == [])
        #expect(Set(described).subtracting(expected).sorted() == [])
        #expect(Dictionary(grouping: described, by: \.self).filter { $0.value.count > 1 }.keys.sorted() == [])
    }

    @Test("has the defaults of the schema")
    func defaults() {
        var compared = 0
        for row in rows {
            guard let key = Page.quoted(in: row[0]).first, let value = keys[key] ?? nil, !value.isEmpty else {
                continue
            }
            #expect(Page.quoted(in: row[1]).first == value, "\(key)")
            compared += 1
        }
        #expect(compared > 50)
    }

    /// The defaults by key, as a row has them; nil for a key without one.
    private static func keys(of schema: [String: Any]) -> [String: String?] {
        let definitions = schema["$defs"] as? [String: [String: Any]] ?? [:]
        var found: [String: String?] = [:]
        func walk(_ node: [String: Any], _ path: String) {
            if let name = (node["$ref"] as? String)?.split(separator: "/").last,
                ["credential", "server_tls", "outgoing_tls"].contains(name)
            {
                walk(definitions[String(name)] ?? [:], path)
            }
            for (name, property) in node["properties"] as? [String: [String: Any]] ?? [:] {
                let key = path.isEmpty ? name : "\(path).\(name)"
                found[key] = found[key] ?? text(property["default"])
                walk(property, key)
            }
            if let items = node["items"] as? [String: Any] { walk(items, path + "[]") }
            if let then = node["then"] as? [String: Any] { walk(then, path) }
            for choice in node["anyOf"] as? [[String: Any]] ?? [] where choice["items"] != nil { walk(choice, path) }
        }
        walk(schema, "")
        walk(definitions["channel_credentials"] ?? [:], "")
        return found
    }

    private static func text(_ value: Any?) -> String? {
        switch value {
        case nil: nil
        case let text as String: text
        case let list as [Any]: list.isEmpty ? "[]" : nil
        case let number as NSNumber where JSONFlag.isFlag(number): number.boolValue ? "true" : "false"
        case let number as NSNumber: number.stringValue
        default: nil
        }
    }
}

/// JSON's true and false are numbers to Foundation, of a type of their own.
private enum JSONFlag {
    static func isFlag(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
