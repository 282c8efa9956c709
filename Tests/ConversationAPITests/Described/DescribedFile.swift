import DescribedAPI
import Foundation
import Testing

@testable import ConversationAPI

/// The files of `schemas/openapi` that describe this API, as they are embedded.
enum DescribedFile: String, CaseIterable {
    case conversation = "conversation.yaml"
    case batch = "conversation-batch.yaml"

    private static let read: [DescribedFile: Result<OpenAPIFile, any Error>] = [
        .conversation: read(PackageResources.conversation_yaml), .batch: read(PackageResources.conversation_batch_yaml),
    ]

    private static func read(_ yaml: [UInt8]) -> Result<OpenAPIFile, any Error> {
        Result { try OpenAPIFile(String(decoding: yaml, as: UTF8.self)) }
    }

    var content: OpenAPIFile {
        get throws { try #require(Self.read[self]).get() }
    }

    /// The text of an example.
    func example(_ name: String) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(try #require(try content.examples[name])), as: UTF8.self)
    }
}
