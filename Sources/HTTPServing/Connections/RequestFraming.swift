import NIOCore

/// Where each request on a connection begins and ends: octets in, and out what the parser behind may have of them, one
/// request at a time.
struct RequestFraming {
    enum Step: Equatable {
        case head(RequestHead)
        /// A part of the body, as the parser is to read it.
        case body(ByteBuffer)
        /// The request is whole.
        case end
        /// There is nothing to be done before more comes.
        case waiting
    }

    private enum State {
        case head
        case length(Int)
        case chunked(ChunkedBody)
        case end
    }

    private var state = State.head
    private var scan = HeadScan()

    /// Whether a part of a request is here, but not all of it.
    var isWithin: Bool {
        if case .head = state { return scan.hasBegun }
        return true
    }

    /// - Parameter inbox: what came and was not taken yet. What is behind the end of the request stays in it.
    mutating func next(_ inbox: inout ByteBuffer) throws(RequestRefusal) -> Step {
        switch state {
        case .head:
            guard let count = try scan.end(in: &inbox), let octets = inbox.readSlice(length: count) else {
                return .waiting
            }
            let head = try RequestHead(octets, isFolded: scan.isFolded)
            scan = HeadScan()
            switch head.body {
            case .length(let length): state = length == 0 ? .end : .length(length)
            case .chunked: state = .chunked(ChunkedBody())
            }
            return .head(head)
        case .length(let rest):
            guard let part = inbox.readSlice(length: min(rest, inbox.readableBytes)), part.readableBytes > 0 else {
                return .waiting
            }
            state = part.readableBytes == rest ? .end : .length(rest - part.readableBytes)
            return .body(part)
        case .chunked(var body):
            guard inbox.readableBytes > 0 else { return .waiting }
            var content = ByteBuffer()
            try body.read(&inbox, into: &content)
            state = body.isOver ? .end : .chunked(body)
            return .body(Self.chunk(of: content, isLast: body.isOver))
        case .end:
            state = .head
            return .end
        }
    }

    private static func chunk(of content: ByteBuffer, isLast: Bool) -> ByteBuffer {
        var chunk = ByteBuffer()
        if content.readableBytes > 0 {
            chunk.writeString(String(content.readableBytes, radix: 16) + "\r\n")
            chunk.writeImmutableBuffer(content)
            chunk.writeString("\r\n")
        }
        if isLast { chunk.writeString("0\r\n\r\n") }
        return chunk
    }
}

/// The search for the end of a head, which goes on where it stopped when more has come.
private struct HeadScan {
    private var scanned = 0
    private var lineStart = 0
    private var lines = 0
    private(set) var isFolded = false

    var hasBegun: Bool { scanned > 0 }

    /// The octets of the head, the empty line included; nil while that is not here. Empty lines before the head are
    /// dropped. (RFC 9112, 2.2)
    mutating func end(in inbox: inout ByteBuffer) throws(RequestRefusal) -> Int? {
        while true {
            guard let end = try lineEnd(in: inbox) else { return nil }
            if end - lineStart > 2 {
                lines += 1
                lineStart = end
                // The request line is not one of the fields.
                if lines > RequestHead.fieldLimit + 1 { throw .headTooLarge }
            } else if lines > 0 {
                return end
            } else {
                inbox.moveReaderIndex(forwardBy: end)
                (scanned, lineStart) = (0, 0)
            }
        }
    }

    /// The index behind the next line's end.
    private mutating func lineEnd(in inbox: ByteBuffer) throws(RequestRefusal) -> Int? {
        do {
            return try inbox.withUnsafeReadableBytes { bytes in
                while scanned < bytes.count {
                    let octet = bytes[scanned]
                    if let refusal = refusal(of: octet, before: scanned > 0 ? bytes[scanned - 1] : 0) { throw refusal }
                    scanned += 1
                    if octet == .lineFeed { return scanned }
                }
                return nil
            }
        } catch let refusal as RequestRefusal {
            throw refusal
        } catch {
            throw .badField
        }
    }

    private mutating func refusal(of octet: UInt8, before: UInt8) -> RequestRefusal? {
        if (octet == .lineFeed) != (before == .carriageReturn) { return .badLineEnd }
        if scanned == lineStart {
            if lines == 0 {
                if !octet.isTokenOctet, octet != .carriageReturn { return .badRequestLine }
            } else if octet.isBlank {
                // A folded request line is not a folded field.
                if lines == 1 { return .badField }
                isFolded = true
            }
        }
        if octet < .space || octet == 0x7F, octet != .lineFeed, octet != .carriageReturn, !octet.isBlank {
            return .controlCharacter
        }
        return scanned - lineStart >= RequestHead.lineLimit || scanned >= RequestHead.limit ? .headTooLarge : nil
    }
}
