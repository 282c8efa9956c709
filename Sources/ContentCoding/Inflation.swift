import CCompression

/// What zlib undoes: deflate in one of three frames.
enum Inflation {
    case gzip, zlib
    /// Without any frame.
    case bare

    /// Whether the octets begin with the frame of zlib: method 8, and a check over the first two. (RFC 1950, 2.2)
    static func isZlib(_ bytes: [UInt8]) -> Bool {
        bytes.count > 2 && bytes[0] & 0x0F == 8 && (Int(bytes[0]) << 8 + Int(bytes[1])) % 31 == 0
    }

    func decode(_ bytes: [UInt8], limitBytes: Int) -> ContentCoding.Result {
        var stream = z_stream()
        guard ccompression_inflate_init(&stream, windowBits) == Z_OK else { return .foreign }
        defer { inflateEnd(&stream) }
        var decoded = DecodedBytes(limitBytes: limitBytes)
        let end = bytes.withUnsafeBytes { source in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: DecodedBytes.blockBytes) { block in
                run(&stream, from: source, by: block, into: &decoded)
            }
        }
        switch end {
        case .complete: return .whole(decoded.bytes)
        case .tooLarge: return .tooLarge
        // Without a frame, only the damage shows that it is something else.
        case .damaged where self == .bare || decoded.bytes.isEmpty && self == .zlib: return .foreign
        case .damaged, .cut: return .broken(decoded.bytes)
        }
    }

    private enum End {
        case complete, damaged, cut, tooLarge
    }

    private func run(
        _ stream: inout z_stream, from source: UnsafeRawBufferPointer, by block: UnsafeMutableBufferPointer<UInt8>,
        into decoded: inout DecodedBytes
    ) -> End {
        // zlib counts in 32 bits; no body that is held in memory comes near.
        guard source.count <= UInt32.max else { return .tooLarge }
        // zlib's declaration lacks a const: it does not write there.
        stream.next_in = UnsafeMutablePointer(mutating: source.bindMemory(to: UInt8.self).baseAddress)
        stream.avail_in = UInt32(source.count)
        while true {
            stream.next_out = block.baseAddress
            stream.avail_out = UInt32(block.count)
            let code = inflate(&stream, Z_NO_FLUSH)
            guard decoded.append(block.prefix(block.count - Int(stream.avail_out))) else { return .tooLarge }
            switch code {
            case Z_OK:
                continue
            case Z_STREAM_END:
                // A gzip file may have several members, one behind the other; anything else that follows does not
                // belong to it. (RFC 1952, 2.2)
                guard self == .gzip, stream.avail_in > 1, stream.next_in[0] == 0x1F, stream.next_in[1] == 0x8B,
                    inflateReset(&stream) == Z_OK
                else { return .complete }
            case Z_BUF_ERROR:
                return .cut
            default:
                return .damaged
            }
        }
    }

    private var windowBits: Int32 {
        switch self {
        case .gzip: 15 + 16
        case .zlib: 15
        case .bare: -15
        }
    }
}
