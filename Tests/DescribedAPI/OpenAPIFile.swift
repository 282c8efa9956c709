import Foundation
package import HTTPTypes

/// A description of an API, read as far as the tests compare it.
package struct OpenAPIFile: Sendable {
    package let root: JSON

    package init(_ text: String) throws {
        root = try YAML.value(of: text)
    }

    package struct Operation: Sendable {
        package let id: String
        package let method: HTTPRequest.Method
        package let path: String
        package let parameters: [JSON]
        /// By name; empty for a request without a body.
        package let requests: [String: JSON]
        /// 0 for what is always refused.
        package let success: Int
        /// The other statuses that it may have.
        package let errors: Set<Int>
        /// By name; empty for an answer without a body.
        package let answers: [String: JSON]
    }

    package var paths: [String] { root["paths"]?.members.keys.sorted() ?? [] }

    package var operations: [Operation] {
        paths.flatMap { path -> [Operation] in
            let item = root["paths"]?[path] ?? .null
            return item.members.keys.sorted().compactMap { word -> Operation? in
                guard word != "parameters", let method = HTTPRequest.Method(word.uppercased()), let given = item[word]
                else { return nil }
                return operation(method, path, given, shared: item["parameters"]?.elements ?? [])
            }
        }
    }

    /// The values of all examples, by name.
    package var examples: [String: JSON] {
        (root["components"]?["examples"]?.members ?? [:]).compactMapValues { $0["value"] }
    }

    /// What is referred to and is not there.
    package var missingReferences: [String] { Self.references(in: root).filter { value(at: $0) == nil } }

    private static func references(in value: JSON) -> [String] {
        switch value {
        case .object(let members):
            members.flatMap { name, value in
                name == "$ref" ? [value.string].compactMap { $0 } : references(in: value)
            }
        case .array(let elements): elements.flatMap(references)
        default: []
        }
    }

    private func value(at reference: String) -> JSON? {
        reference.split(separator: "/").dropFirst().reduce(root) { $0?[String($1)] }
    }

    private func operation(
        _ method: HTTPRequest.Method, _ path: String, _ given: JSON, shared: [JSON]
    ) -> Operation {
        let responses = given["responses"]?.members ?? [:]
        let success = responses.keys.first { $0.hasPrefix("2") } ?? ""
        return Operation(
            id: given["operationId"]?.string ?? "", method: method, path: path,
            parameters: (shared + (given["parameters"]?.elements ?? [])).map(resolved),
            requests: examples(of: given["requestBody"]), success: Int(success) ?? 0,
            errors: Set(responses.keys.filter { $0 != success }.compactMap { Int($0) }),
            answers: examples(of: responses[success]))
    }

    private func examples(of carrier: JSON?) -> [String: JSON] {
        let content = resolved(carrier ?? .null)["content"]?.members.values.first
        return (content?["examples"]?.members ?? [:]).compactMapValues { resolved($0)["value"] }
    }

    private func resolved(_ value: JSON) -> JSON {
        guard let reference = value["$ref"]?.string else { return value }
        return resolved(self.value(at: reference) ?? .null)
    }
}

extension OpenAPIFile.Operation {
    /// The path with the examples of its parameters; the query too if there is one.
    ///
    /// - Parameter values: of parameters of the path, in place of their examples.
    package func address(with values: [String: String] = [:]) -> String {
        var address = path
        for (name, value) in values { address = address.replacingOccurrences(of: "{\(name)}", with: value) }
        var query: [String] = []
        for parameter in parameters {
            guard let name = parameter["name"]?.string, let example = parameter["example"]?.text(in: ",") else {
                continue
            }
            let text = example.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? example
            switch parameter["in"] {
            case "path": address = address.replacingOccurrences(of: "{\(name)}", with: text)
            case "query": query.append("\(name)=\(text)")
            default: continue
            }
        }
        return query.isEmpty ? address : address + "?" + query.joined(separator: "&")
    }
}

extension String {
    /// A path in which all parameters are the same: `{service_plan_id}` and `:plan`, `{contact_id}:merge` and
    /// `${contact}:merge`.
    package var withoutParameterNames: String {
        let pieces = split(separator: "/").map { piece -> String in
            if piece.hasPrefix(":") { return "{}" }
            guard piece.contains("{"), let end = piece.lastIndex(of: "}") else { return String(piece) }
            return "{}" + piece[piece.index(after: end)...]
        }
        return "/" + pieces.joined(separator: "/")
    }
}
