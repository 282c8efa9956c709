import FoundationEssentials
import MM7

/// One part of a multipart body, split as RFC 2046 has it: CRLF only, nothing before the first delimiter, a close
/// delimiter at the end.
struct StrictPart: Sendable {
    let type: StrictHeaderValue
    /// Without angle brackets.
    let contentID: String
    let contentLocation: String?
    /// In lower case; `binary` where the header is absent.
    let transferEncoding: String
    let bytes: ArraySlice<UInt8>

    /// The parts inside the container.
    var inner: [StrictPart] {
        get throws(Violation) {
            guard ["7bit", "8bit", "binary"].contains(transferEncoding) else {
                throw Violation(.messageFormatCorrupt, "a container has a transfer encoding")
            }
            return try Self.split(bytes, type, of: "the content")
        }
    }

    /// The bytes as they were before the transfer encoding.
    var decoded: ArraySlice<UInt8> {
        get throws(Violation) {
            switch transferEncoding {
            case "7bit", "8bit", "binary": return bytes
            case "base64":
                let characters = bytes.filter { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
                if let data = Data(base64Encoded: Data(characters)) { return ArraySlice(data) }
                throw Violation(.messageFormatCorrupt, "a part is not base64, as it says")
            default: throw Violation(.messageFormatCorrupt, "a part has an unknown transfer encoding")
            }
        }
    }

    /// - Parameter context: what is split, for the reason.
    static func split(
        _ bytes: ArraySlice<UInt8>, _ type: StrictHeaderValue, of context: String
    ) throws(Violation) -> [StrictPart] {
        guard let boundary = type.parameters["boundary"], (1...70).contains(boundary.utf8.count) else {
            throw Violation(.messageFormatCorrupt, "\(context) has no boundary of 1 to 70 characters")
        }
        let opening = Array("--\(boundary)\r\n".utf8)
        guard bytes.starts(with: opening) else {
            throw Violation(.messageFormatCorrupt, "\(context) does not begin with its delimiter")
        }
        let delimiter = Array("\r\n--\(boundary)".utf8)
        var parts: [StrictPart] = []
        var start = bytes.startIndex + opening.count
        var search = start
        while let found = bytes.range(of: delimiter, from: search) {
            let rest = bytes[found.upperBound...]
            let isLast = rest.starts(with: "--".utf8)
            guard isLast || rest.starts(with: "\r\n".utf8) else {
                // Another boundary that only begins like this one.
                search = found.lowerBound + 1
                continue
            }
            parts.append(try StrictPart(bytes[start..<found.lowerBound]))
            if isLast {
                guard rest.dropFirst(2).allSatisfy({ $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }) else {
                    throw Violation(.messageFormatCorrupt, "something stands behind the end of \(context)")
                }
                return parts
            }
            start = found.upperBound + 2
            // The line end behind a delimiter may belong to the next one as well.
            search = found.upperBound
        }
        throw Violation(.messageFormatCorrupt, "\(context) has no close delimiter")
    }

    private init(_ part: ArraySlice<UInt8>) throws(Violation) {
        guard let end = part.range(of: Array("\r\n\r\n".utf8), from: part.startIndex) else {
            throw Violation(.messageFormatCorrupt, "the headers of a part do not end")
        }
        let headers = try Self.headers(part[..<end.lowerBound].text)
        type = try StrictHeaderValue(headers["content-type"], of: "a part")
        guard let id = headers["content-id"], id.hasPrefix("<"), id.hasSuffix(">"), id.utf8.count > 2 else {
            throw Violation(.messageFormatCorrupt, "a part has no Content-ID in angle brackets")
        }
        contentID = String(id.dropFirst().dropLast())
        contentLocation = headers["content-location"]
        transferEncoding = headers["content-transfer-encoding"]?.lowercased() ?? "binary"
        bytes = part[end.upperBound...]
    }

    private static func headers(_ block: String) throws(Violation) -> [String: String] {
        var headers: [String: String] = [:]
        for line in block.split(separator: "\r\n", omittingEmptySubsequences: false) {
            guard let colon = line.firstIndex(of: ":"), line.first?.isWhitespace == false else {
                throw Violation(.messageFormatCorrupt, "a header of a part is folded or has no colon")
            }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            guard headers.updateValue(String(value), forKey: line[..<colon].lowercased()) == nil else {
                throw Violation(.messageFormatCorrupt, "a header of a part is repeated")
            }
        }
        return headers
    }
}
