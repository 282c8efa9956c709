package import HTTPTypes

/// Why a request is not even handed to a route: what came is no request, or nobody could say where it ends. The
/// connection is closed after the answer, because what follows on it may be anything.
package enum RequestRefusal: Error, Hashable, Sendable {
    case badRequestLine
    case badField
    case badLineEnd
    case controlCharacter
    case headTooLarge
    case noHost
    case severalHosts
    case badHost
    /// Two lengths, a length beside an encoding, or one that is no number.
    case unclearLength
    case unknownEncoding
    case badChunk
    case unknownVersion
    /// CONNECT asks for a tunnel.
    case tunnel
    /// The request took too long to arrive.
    case late
    /// The body is compressed, which nothing here undoes.
    case encodedBody
    /// A request that is not encrypted, on a port of TLS.
    case plaintext
    /// A connection of HTTP/2 that sends frames without an end; it is closed without a word on any request.
    case flood

    package var status: HTTPResponse.Status {
        switch self {
        case .late: .requestTimeout
        case .encodedBody: .unsupportedMediaType
        case .unknownEncoding, .tunnel: .notImplemented
        case .unknownVersion: .httpVersionNotSupported
        case .flood: .tooManyRequests
        default: .badRequest
        }
    }

    /// The text for people; it repeats nothing of what came.
    package var text: String {
        switch self {
        case .badRequestLine: "The request line is not one of HTTP/1.1"
        case .badField: "A header field is malformed"
        case .badLineEnd: "A line of the head does not end with CR and LF"
        case .controlCharacter: "There is a control character in the head"
        case .headTooLarge:
            "The head is too large: \(RequestHead.lineLimit) octets of one line, \(RequestHead.limit) of all, and "
                + "\(RequestHead.fieldLimit) fields are the limit"
        case .noHost: "The Host field is missing"
        case .severalHosts: "There are several Host fields"
        case .badHost: "The Host field names no host"
        case .unclearLength: "The length of the body is not clear"
        case .unknownEncoding: "The only Transfer-Encoding here is chunked"
        case .badChunk: "The chunks of the body are malformed"
        case .unknownVersion: "The versions of HTTP here are 1.0 and 1.1"
        case .tunnel: "There are no tunnels here"
        case .late: "The request took too long to arrive"
        case .encodedBody: "The body must come without a Content-Encoding"
        case .plaintext: "This port speaks TLS: call it by https"
        case .flood: "The connection sends far more than its requests need"
        }
    }
}
