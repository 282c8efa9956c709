/// The multipart reader by itself, compared with one that is slow and plain.
///
/// First byte: the limits; second byte: the boundary.
func fuzzMultipart(_ input: FuzzInput) {
    var input = input
    var limits = ReadingLimits()
    if input.choice() & 1 == 1 {
        limits.parts = 3
        limits.headerBytes = 40
    }
    let boundaries = ["b", "=outer", "two words", "--", "b--", "-", "b\r", "bb"]
    let boundary = boundaries[input.choice() % boundaries.count]
    let body = input.rest

    var reader = MultipartReader(limits: limits)
    do throws(MM7Error) {
        let parts = try reader.split(body, boundary: boundary)
        let expected = plainSplit(body, boundary: boundary)
        require(expected?.count == parts.count, "both readers find the same parts")
        require(parts.count <= limits.parts, "parts are bounded")
        for (part, octets) in zip(parts, expected ?? []) {
            require(part.bytes.endIndex == octets.endIndex, "a part ends where the next delimiter begins")
            require(part.bytes.startIndex >= octets.startIndex, "a part begins after its delimiter")
            let headerBytes = part.bytes.startIndex - octets.startIndex
            require(headerBytes <= limits.headerBytes + 2, "headers are bounded")
            let isEnded = octets[..<part.bytes.startIndex].last == 0x0A
            require(isEnded || octets.isEmpty, "headers end with a line end")
            require(part.bytes.elementsEqual(octets.suffix(part.bytes.count)), "a part is a slice of the input")
            let decoded = PartEncoding.decode(part.bytes, part.headers.transferEncoding)
            require(decoded.count <= part.bytes.count, "decoding makes nothing longer")
        }
    } catch {
        require([.malformedMultipart, .tooManyParts].contains(error.code), "the splitter's errors are those two")
        require(error.reason.utf8.count < 200, "reasons are short")
    }
    require(reader.notes.lines.count <= 16, "notes are few")

    let sniffed = MultipartReader.sniffedBoundary(body)
    require(sniffed.map { (1...800).contains($0.utf8.count) } ?? true, "a sniffed boundary is neither empty nor long")
}

/// The octets between delimiter lines, headers included; nil where there is no delimiter. (RFC 2046, 5.1.1)
private func plainSplit(_ body: ArraySlice<UInt8>, boundary: String) -> [ArraySlice<UInt8>]? {
    var parts: [ArraySlice<UInt8>] = []
    /// Where the octets of the part at hand begin; nil in the preamble.
    var start: Int?
    var line = body.startIndex
    while line < body.endIndex {
        let newline = body[line...].firstIndex(of: 0x0A)
        let next = newline.map { $0 + 1 } ?? body.endIndex
        if let isClose = delimiter(body[line..<(newline ?? body.endIndex)], boundary) {
            if let start {
                var end = line - 1
                if end > start, body[end - 1] == 0x0D { end -= 1 }
                parts.append(body[start..<max(end, start)])
            }
            if isClose { return parts }
            start = next
        }
        line = next
    }
    guard let start else { return nil }
    let last = body[start...]
    return last.allSatisfy(\.isXMLSpace) ? parts : parts + [last]
}

/// Whether a line is the close delimiter; nil for one that is no delimiter.
private func delimiter(_ line: ArraySlice<UInt8>, _ boundary: String) -> Bool? {
    let pattern = Array("--\(boundary)".utf8)
    guard line.starts(with: pattern) else { return nil }
    var rest = line.dropFirst(pattern.count)
    let isClose = rest.starts(with: "--".utf8)
    if isClose { rest = rest.dropFirst(2) }
    if rest.last == 0x0D { rest = rest.dropLast() }
    return rest.allSatisfy { $0 == 0x20 || $0 == 0x09 } ? isClose : nil
}
