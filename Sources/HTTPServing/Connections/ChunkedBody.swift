import NIOCore

/// A chunked body on its way: its octets without sizes, extensions and trailers. (RFC 9112, 7.1)
///
/// The parser behind gets one chunk for each read, however many came: a body in chunks of one octet each would cost it
/// hundreds of times as much as the sender. Extensions and trailers, which nothing here uses, are bounded and dropped.
struct ChunkedBody: Equatable {
    private enum State: Equatable {
        case size(digits: Int)
        case `extension`
        case sizeEnd
        case content
        case contentEnd(sawReturn: Bool)
        /// At the beginning of a line behind the last chunk, or within it.
        case trailer(lineOctets: Int, sawReturn: Bool)
        case over
    }

    private var state = State.size(digits: 0)
    private var rest = 0
    /// Octets of extensions and trailers so far.
    private var extras = 0
    private var contentOctets = 0
    private var otherOctets = 0

    var isOver: Bool { state == .over }

    /// Far above what anything in use writes.
    static let extrasLimit = 8 << 10
    /// The most octets around the content for each octet of it, on average.
    private static let frame = 4
    /// Digits of a size: 16 TiB, of which the limit of bodies lets nothing through.
    private static let digitLimit = 11

    /// Takes what there is of the body and appends its content to the other buffer. What follows the body stays.
    mutating func read(_ inbox: inout ByteBuffer, into content: inout ByteBuffer) throws(RequestRefusal) {
        while state != .over, inbox.readableBytes > 0 {
            if state == .content {
                let count = min(rest, inbox.readableBytes)
                if let slice = inbox.readSlice(length: count) { content.writeImmutableBuffer(slice) }
                rest -= count
                contentOctets += count
                if rest == 0 { state = .contentEnd(sawReturn: false) }
            } else if let octet = inbox.readInteger(as: UInt8.self) {
                try take(octet)
            }
        }
    }

    private mutating func take(_ octet: UInt8) throws(RequestRefusal) {
        otherOctets += 1
        // No proper sender writes chunks of one octet each without end.
        if otherOctets > Self.extrasLimit + Self.frame * contentOctets { throw .badChunk }
        switch state {
        case .size(let digits):
            if let value = octet.hexadecimalValue {
                guard digits < Self.digitLimit else { throw .badChunk }
                rest = rest << 4 | value
                state = .size(digits: digits + 1)
            } else {
                guard digits > 0 else { throw .badChunk }
                state = .extension
                try takeOfExtension(octet, isFirst: true)
            }
        case .extension:
            try takeOfExtension(octet, isFirst: false)
        case .sizeEnd:
            guard octet == .lineFeed else { throw .badChunk }
            state = rest == 0 ? .trailer(lineOctets: 0, sawReturn: false) : .content
        case .contentEnd(let sawReturn):
            guard octet == (sawReturn ? .lineFeed : .carriageReturn) else { throw .badChunk }
            state = sawReturn ? .size(digits: 0) : .contentEnd(sawReturn: true)
        case .trailer(let octets, let sawReturn):
            try takeOfTrailer(octet, lineOctets: octets, sawReturn: sawReturn)
        case .content, .over: break
        }
    }

    private mutating func takeOfExtension(_ octet: UInt8, isFirst: Bool) throws(RequestRefusal) {
        if octet == .carriageReturn {
            state = .sizeEnd
            return
        }
        guard !isFirst || octet == UInt8(ascii: ";") || octet.isBlank, octet >= .space || octet.isBlank else {
            throw .badChunk
        }
        try countExtra()
    }

    private mutating func takeOfTrailer(_ octet: UInt8, lineOctets: Int, sawReturn: Bool) throws(RequestRefusal) {
        if sawReturn {
            guard octet == .lineFeed else { throw .badChunk }
            state = lineOctets == 0 ? .over : .trailer(lineOctets: 0, sawReturn: false)
        } else if octet == .carriageReturn {
            state = .trailer(lineOctets: lineOctets, sawReturn: true)
        } else {
            guard octet >= .space || octet.isBlank else { throw .badChunk }
            try countExtra()
            state = .trailer(lineOctets: lineOctets + 1, sawReturn: false)
        }
    }

    private mutating func countExtra() throws(RequestRefusal) {
        extras += 1
        if extras > Self.extrasLimit { throw .badChunk }
    }
}
