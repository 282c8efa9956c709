import Foundation
import HTTPTypes

/// `schemas/openapi/sms.yaml`, read as far as the tests compare it.
struct OpenAPIFile {
    let root: JSON

    init(_ text: String) throws {
        root = try YAML.value(of: text)
    }

    struct Operation {
        let id: String
        let method: HTTPRequest.Method
        let path: String
        let parameters: [JSON]
        /// By name; empty for a request without a body.
        let requests: [String: JSON]
        let success: Int
        /// By name; empty for an answer without a body.
        let answers: [String: JSON]
    }

    var paths: [String] { root["paths"]?.members.keys.sorted() ?? [] }

    var operations: [Operation] {
        paths.flatMap { path -> [Operation] in
            let item = root["paths"]?[path] ?? .null
            return item.members.keys.sorted().compactMap { word -> Operation? in
                guard word != "parameters", let method = HTTPRequest.Method(word.uppercased()), let given = item[word]
                else { return nil }
                return operation(method, path, given, shared: item["parameters"]?.elements ?? [])
            }
        }
    }

    /// The bodies of all errors, by the name of their example.
    var errors: [String: JSON] {
        let examples = root["components"]?["examples"]?.members ?? [:]
        return examples.compactMapValues { $0["value"] }.filter { $0.value["code"] != nil || $0.value["error"] != nil }
            .filter { $0.value["status"] == nil }
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
            answers: examples(of: responses[success]))
    }

    private func examples(of carrier: JSON?) -> [String: JSON] {
        let content = resolved(carrier ?? .null)["content"]?.members.values.first
        return (content?["examples"]?.members ?? [:]).compactMapValues { resolved($0)["value"] }
    }

    private func resolved(_ value: JSON) -> JSON {
        guard let reference = value["$ref"]?.string else { return value }
        let names = reference.split(separator: "/").dropFirst()
        return resolved(names.reduce(root) { $0[String($1)] ?? .null })
    }
}

extension OpenAPIFile.Operation {
    /// The path with the examples of its parameters, below the plan `shop`; the query too if there is one.
    var address: String {
        var address = path.replacingOccurrences(of: "{service_plan_id}", with: "shop")
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

extension JSON {
    var members: [String: JSON] { if case .object(let members) = self { members } else { [:] } }

    var elements: [JSON] { if case .array(let elements) = self { elements } else { [] } }

    var string: String? { if case .string(let string) = self { string } else { nil } }

    /// Names of members and types of values, whatever the values are; elements of an array in no order.
    var shape: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .int: "integer"
        case .string: "string"
        case .array(let elements): "[\(Set(elements.map(\.shape)).sorted().joined(separator: " | "))]"
        case .object(let members):
            "{\(members.map { "\($0.key): \($0.value.shape)" }.sorted().joined(separator: ", "))}"
        }
    }

    /// As a parameter is written.
    fileprivate func text(in separator: String) -> String? {
        switch self {
        case .string(let string): string
        case .int(let int): String(int)
        case .bool(let bool): String(bool)
        case .array(let elements): elements.compactMap { $0.text(in: separator) }.joined(separator: separator)
        case .null, .object: nil
        }
    }
}
