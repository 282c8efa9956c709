import GatewayCore
package import HTTPTypes
package import Hummingbird

extension Request {
    /// Whether the body is of that media type, with or without parameters such as a charset.
    package func hasMediaType(_ type: String) -> Bool {
        let given = headers[.contentType]?.pieces(at: ";", maxSplits: 1).first
        return given?.withoutOuterBlanks.isWord(type) ?? false
    }
}

extension HTTPRequest.Method {
    /// The methods that a path can be given a route for. The router cannot match "any other method", so a method beyond
    /// these finds nothing at the path.
    package static let known: [HTTPRequest.Method] =
        [.get, .head, .post, .put, .delete, .patch, .options, .trace, .connect]
        + [HTTPRequest.Method("QUERY")].compactMap { $0 }
}
