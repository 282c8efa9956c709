/// One part of a body that we wrote: its header lines and its octets.
package struct WrittenPart: Sendable, Equatable {
    /// As they stand, without line ends.
    package let headers: [String]
    /// The octets as they are encoded for sending.
    let bytes: ArraySlice<UInt8>
    /// 0 for parts of the body itself, 1 for parts of a container in it.
    package let depth: Int

    /// Octets on the wire.
    package var byteCount: Int { bytes.count }

    /// The parts of a body in their order, a container before what is in it; the body itself where it is no multipart.
    static func all(in body: ArraySlice<UInt8>, contentType: String?) -> [WrittenPart] {
        guard let boundary = contentType.flatMap(boundary) else {
            return [WrittenPart(headers: contentType.map { ["Content-Type: \($0)"] } ?? [], bytes: body, depth: 0)]
        }
        return parts(in: body, boundary: boundary, depth: 0)
    }

    private static func parts(in body: ArraySlice<UInt8>, boundary: String, depth: Int) -> [WrittenPart] {
        let delimiter = Array("--\(boundary)".utf8)
        let lineEnd = Array("\r\n".utf8)
        var parts: [WrittenPart] = []
        var rest = body
        guard let first = rest.firstRange(of: delimiter) else { return [] }
        rest = rest[first.upperBound...]
        // The last part has the close delimiter behind it, then "--".
        while rest.starts(with: lineEnd), let end = rest.firstRange(of: lineEnd + delimiter) {
            parts += leaves(of: rest[(rest.startIndex + 2)..<end.lowerBound], depth: depth)
            rest = rest[end.upperBound...]
        }
        return parts
    }

    /// A part, followed by the parts that it contains.
    private static func leaves(of octets: ArraySlice<UInt8>, depth: Int) -> [WrittenPart] {
        let blank = octets.firstRange(of: Array("\r\n\r\n".utf8))
        let head = String(decoding: octets[..<(blank?.lowerBound ?? octets.endIndex)], as: UTF8.self)
        let headers = head.split(separator: "\r\n").map(String.init)
        let bytes = octets[(blank?.upperBound ?? octets.endIndex)...]
        let part = WrittenPart(headers: headers, bytes: bytes, depth: depth)
        let inner = headers.first { $0.hasPrefix("Content-Type: multipart/") }.flatMap(boundary)
        // Nobody writes containers deeper than that here.
        guard let inner, depth < 2 else { return [part] }
        return [part] + parts(in: bytes, boundary: inner, depth: depth + 1)
    }

    /// The parameter as our writer has it, in quotes.
    private static func boundary(in header: String) -> String? {
        guard let start = header.firstRange(of: "boundary=\"") else { return nil }
        return String(header[start.upperBound...].prefix { $0 != "\"" })
    }
}
