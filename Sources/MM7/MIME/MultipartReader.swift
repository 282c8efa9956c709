/// A body part as found: headers, and the octets after them as they are.
struct RawPart {
    var headers: PartHeaders
    var bytes: ArraySlice<UInt8>
}

/// Splits multipart bodies into slices of the input. (RFC 2046, 5.1)
struct MultipartReader {
    let limits: ReadingLimits
    private(set) var partCount = 0
    var notes = ReadingNotes()

    init(limits: ReadingLimits) { self.limits = limits }

    /// The parts between the delimiters. Preamble and epilogue are dropped; the close delimiter may be missing.
    ///
    /// - Throws: `.malformedMultipart` if there is no delimiter or a part's headers do not end, `.tooManyParts`.
    mutating func split(_ body: ArraySlice<UInt8>, boundary: String) throws(MM7Error) -> [RawPart] {
        guard (1...256).contains(boundary.utf8.count) else {
            throw MM7Error(
                .malformedMultipart, "the boundary has \(boundary.utf8.count) octets", element: "Content-Type")
        }
        let pattern = Array("--".utf8) + Array(boundary.utf8)
        guard var delimiter = Self.opening(pattern, in: body) else {
            throw MM7Error(.malformedMultipart, "the boundary of the header does not occur in the body")
        }
        var parts: [RawPart] = []
        while !delimiter.isClose {
            let next = Self.delimiter(pattern, in: body, from: delimiter.end)
            if next == nil { notes.add("the close delimiter is missing") }
            let end = max(next?.start ?? body.endIndex, delimiter.end)
            let octets = body[delimiter.end..<end]
            // Nothing follows a close delimiter that lost its two dashes.
            if next != nil || !octets.allSatisfy(\.isXMLSpace) {
                partCount += 1
                guard partCount <= limits.parts else {
                    throw MM7Error(.tooManyParts, "more than \(limits.parts) body parts")
                }
                parts.append(try part(octets))
            }
            guard let next else { break }
            delimiter = next
        }
        return parts
    }

    /// Reads one part. Its headers end at the first empty line; without one, nobody knows where the media begins.
    private func part(_ octets: ArraySlice<UInt8>) throws(MM7Error) -> RawPart {
        var lineStart = octets.startIndex
        while lineStart < octets.endIndex {
            guard lineStart - octets.startIndex <= limits.headerBytes else { throw headersTooLong }
            let window = octets[lineStart...].prefix(max(limits.headerBytes, 2))
            guard let newline = window.firstIndex(of: UInt8(ascii: "\n")) else { break }
            let line = octets[lineStart..<newline]
            if line.isEmpty || line.elementsEqual([UInt8(ascii: "\r")]) {
                return RawPart(
                    headers: PartHeaders(octets[octets.startIndex..<lineStart]),
                    bytes: octets[(newline + 1)...]
                )
            }
            lineStart = newline + 1
        }
        // A part without a body: the empty line after its headers is the line end that was counted to the delimiter.
        guard octets.count <= limits.headerBytes else { throw headersTooLong }
        if PartHeaders.isWhole(octets) { return RawPart(headers: PartHeaders(octets), bytes: octets.suffix(0)) }
        throw MM7Error(.malformedMultipart, "the headers of part \(partCount) are not ended by an empty line")
    }

    private var headersTooLong: MM7Error {
        MM7Error(.malformedMultipart, "the headers of part \(partCount) have more than \(limits.headerBytes) bytes")
    }

    /// Whether a delimiter line of that boundary is in the body.
    static func isDivided(_ body: ArraySlice<UInt8>, by boundary: String) -> Bool {
        delimiter(Array("--\(boundary)".utf8), in: body, from: body.startIndex) != nil
    }

    /// The boundary of a body that begins with a delimiter line although no header names one.
    static func sniffedBoundary(_ body: ArraySlice<UInt8>) -> String? {
        // Lines before the delimiter are a preamble for mail software that does not know multipart.
        let lines = body.drop(while: \.isXMLSpace).prefix(2048).split(maxSplits: 32) { $0 == UInt8(ascii: "\n") }
        guard let line = lines.first(where: { $0.starts(with: "--".utf8) }) else { return nil }
        let boundary = String(Substring(decoding: line.prefix(260).dropFirst(2), as: UTF8.self).trimmed)
        return boundary.isEmpty ? nil : boundary
    }

    private struct Delimiter {
        /// The start of the line end before the delimiter, which belongs to the delimiter.
        var start: Int
        /// The index after the delimiter's own line end.
        var end: Int
        var isClose: Bool
    }

    /// The first delimiter. A web server may have put octets before it in its line: a byte order mark, or output of a
    /// script.
    private static func opening(_ pattern: [UInt8], in body: ArraySlice<UInt8>) -> Delimiter? {
        if let found = body.firstRange(of: pattern)?.lowerBound,
            let first = delimiter(pattern, in: body[found...], from: found), first.start == found, !first.isClose
        {
            return first
        }
        return delimiter(pattern, in: body, from: body.startIndex)
    }

    /// The next line that holds the boundary, optionally `--`, and then only blanks; other boundaries may begin with
    /// this one.
    private static func delimiter(_ pattern: [UInt8], in body: ArraySlice<UInt8>, from: Int) -> Delimiter? {
        var from = from
        while from <= body.endIndex, let found = firstLine(pattern, in: body, from: from) {
            from = found + 1

            var index = found + pattern.count
            let isClose = body[index...].starts(with: "--".utf8)
            if isClose { index += 2 }
            while index < body.endIndex, body[index] == 0x20 || body[index] == 0x09 { index += 1 }
            if index < body.endIndex, body[index] == UInt8(ascii: "\r") { index += 1 }
            guard index == body.endIndex || body[index] == UInt8(ascii: "\n") else { continue }

            var start = found
            if start > body.startIndex { start -= 1 }
            if start > body.startIndex, start < found, body[start - 1] == UInt8(ascii: "\r") { start -= 1 }
            return Delimiter(start: start, end: min(index + 1, body.endIndex), isClose: isClose)
        }
        return nil
    }

    /// The next line that begins with the pattern, which itself begins with two hyphens.
    private static func firstLine(_ pattern: [UInt8], in body: ArraySlice<UInt8>, from: Int) -> Int? {
        let found = body.withUnsafeBytes { text in
            pattern.withUnsafeBytes { pattern -> Int? in
                var line = from - body.startIndex
                if line > 0, text[line - 1] != UInt8(ascii: "\n") {
                    guard let next = lineWithHyphen(text, from: line) else { return nil }
                    line = next
                }
                while text.count - line >= pattern.count {
                    if UnsafeRawBufferPointer(rebasing: text[line...].prefix(pattern.count)).elementsEqual(pattern) {
                        return line
                    }
                    guard let next = lineWithHyphen(text, from: line) else { return nil }
                    line = next
                }
                return nil
            }
        }
        return found.map { body.startIndex + $0 }
    }

    /// The start of the next line after `from` that begins with a hyphen. Sixteen octets are looked at together, for
    /// both characters, so that media full of line feeds costs no more than any other.
    private static func lineWithHyphen(_ text: UnsafeRawBufferPointer, from: Int) -> Int? {
        let newlines = SIMD16<UInt8>(repeating: UInt8(ascii: "\n"))
        let hyphens = SIMD16<UInt8>(repeating: UInt8(ascii: "-"))
        // Not zero where both are found. A SIMD mask's `any` is not always compiled into vector instructions.
        @inline(__always) func found(_ index: Int) -> SIMD2<UInt64> {
            let mask =
                (text.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self) .== newlines)
                .& (text.loadUnaligned(fromByteOffset: index &+ 1, as: SIMD16<UInt8>.self) .== hyphens)
            return unsafeBitCast(mask, to: SIMD2<UInt64>.self)
        }

        var index = from
        while text.count &- index > 64 {
            let bits = found(index) | found(index &+ 16) | found(index &+ 32) | found(index &+ 48)
            if bits.x | bits.y != 0 { break }
            index &+= 64
        }
        while text.count &- index > 1 {
            if text[index] == UInt8(ascii: "\n"), text[index &+ 1] == UInt8(ascii: "-") { return index + 1 }
            index &+= 1
        }
        return nil
    }
}
