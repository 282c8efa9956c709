import Foundation
import HTTPServing
import Testing

@testable import ConversationAPI

/// A body on file.
enum Fixture {
    static func bytes(_ name: String) throws -> [UInt8] {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: "json"))
        return Array(try Data(contentsOf: url))
    }

    static func json(_ name: String) throws -> JSONValue { try JSONValue(try bytes(name)) }

    /// The app message of a request.
    static func message(_ name: String) throws -> AppMessage {
        try SendRequest(body: try bytes("requests/\(name)")).message
    }
}

extension JSONValue {
    /// What a value is written as.
    init(printing value: some Encodable) throws {
        try self.init(JSONText.bytes(of: value))
    }
}

/// Names that the fixtures have.
enum Bakery {
    static let app = "01KN6MZ5G0BAKERYAPP0000001"
    static let project = "2a8d5f60-0000-4000-8000-000000000007"
    static let message = "01KN6MZ5G0BREAD00000000001"
    static let batch = "01KN6MZ5G0BATCH00000000001"
    static let conversation = "01KN6MZ5G0TA1K000000000001"
    static let contact = "01KN6MZ5G0EATER00000000001"

    /// What a request is refused for, as `field: description`.
    static func violations<Body: RequestBody>(of body: String, as type: Body.Type) -> [String] {
        do throws(InvalidRequest) {
            _ = try Body(body: Array(body.utf8))
            return []
        } catch {
            return ConversationError(error).violations.map { "\($0.field): \($0.description)" }
        }
    }
}
