/// How a body is compressed for transport, by the name that stands in `Content-Encoding` (RFC 9110, 8.4.1).
package enum ContentCoding: Sendable, Hashable, CaseIterable {
    case gzip
    /// The zlib format; some servers send deflate without its frame, which is read as well.
    case deflate
    /// Can be undone where libcurl was built with it.
    case brotli

    /// Nil for `identity`, which is no coding, and for unknown names.
    package init?(name: some StringProtocol) {
        switch name.lowercased() {
        case "gzip", "x-gzip": self = .gzip
        case "deflate": self = .deflate
        case "br": self = .brotli
        default: return nil
        }
    }

    /// Whether this machine can undo it.
    package var isSupported: Bool {
        self != .brotli || Brotli.isThere
    }

    /// The result of undoing a coding.
    package enum Result: Sendable, Equatable {
        case whole([UInt8])
        /// The body began in that coding and is damaged or cut; the octets are what could be read of it.
        case broken([UInt8])
        /// More than the limit comes out of it.
        case tooLarge
        /// The body is not in that coding, whatever its sender says, or this machine cannot undo it.
        case foreign
    }

    /// Undoes the coding, with no more than `limitBytes` and one block beyond that in memory.
    package func decode(_ bytes: [UInt8], limitBytes: Int) -> Result {
        switch self {
        case .gzip:
            return bytes.starts(with: [0x1F, 0x8B]) ? Inflation.gzip.decode(bytes, limitBytes: limitBytes) : .foreign
        case .deflate:
            guard Inflation.isZlib(bytes) else { return Inflation.bare.decode(bytes, limitBytes: limitBytes) }
            let framed = Inflation.zlib.decode(bytes, limitBytes: limitBytes)
            return framed == .foreign ? Inflation.bare.decode(bytes, limitBytes: limitBytes) : framed
        case .brotli:
            return Brotli.decode(bytes, limitBytes: limitBytes)
        }
    }
}

/// The octets that come out of a decoder, up to a limit.
struct DecodedBytes {
    private(set) var bytes: [UInt8] = []
    let limitBytes: Int

    static let blockBytes = 64 << 10

    init(limitBytes: Int) {
        self.limitBytes = limitBytes
    }

    /// False if they exceed the limit.
    mutating func append(_ block: some Collection<UInt8>) -> Bool {
        guard block.count <= limitBytes - bytes.count else { return false }
        bytes.append(contentsOf: block)
        return true
    }
}
