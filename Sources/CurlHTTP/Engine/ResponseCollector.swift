/// Puts a response together from the pieces that libcurl passes.
struct ResponseCollector {
    private(set) var headers = HTTPHeaders()
    private(set) var body: [UInt8] = []
    private let bodyLimitBytes: Int
    private let headLimitBytes: Int
    private(set) var status = 0
    /// The octets of all lines of the exchange that are not body.
    private var headBytes = 0
    private var isHeadComplete = true

    init(bodyLimitBytes: Int, headLimitBytes: Int) {
        self.bodyLimitBytes = bodyLimitBytes
        self.headLimitBytes = headLimitBytes
    }

    /// What a line of the head means for the transfer.
    enum Progress: Equatable {
        case incomplete
        /// The head of a final response, not of a `100 Continue`, is complete.
        case answered
        case tooLarge(limitBytes: Int)
        /// Nobody can say where the body ends.
        case contradictory
    }

    /// Takes one line of a response's head, line end included.
    mutating func take(line: UnsafeRawBufferPointer) -> Progress {
        headBytes += line.count
        guard headBytes <= headLimitBytes else { return .tooLarge(limitBytes: headLimitBytes) }
        if isHeadComplete {
            // A complete head is followed by trailers, which are left out, or by the head of another response.
            guard line.starts(with: "HTTP/".utf8) else { return .incomplete }
            begin(statusLine: line)
        }
        if line.allSatisfy({ $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }) {
            isHeadComplete = true
            guard status >= 200 else { return .incomplete }
            return hasOneLength ? .answered : .contradictory
        }
        if let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0, !Self.isBlank(line[0]) {
            headers.append(name: Self.text(line[..<colon]), value: Self.text(line[(colon + 1)...]))
        }
        return .incomplete
    }

    /// Takes bytes of the body. If they exceed the limit, it takes as many as fit and returns false. `announcedBytes`
    /// is the length that the peer has named, if any: the memory is reserved at once, and a body that is too long is
    /// refused when it begins.
    mutating func take(bytes: UnsafeRawBufferPointer, announcedBytes: Int) -> Bool {
        guard max(announcedBytes, body.count + bytes.count) <= bodyLimitBytes else {
            body.append(contentsOf: bytes.prefix(bodyLimitBytes - body.count))
            return false
        }
        if body.isEmpty, announcedBytes > bytes.count {
            body.reserveCapacity(announcedBytes)
        }
        body.append(contentsOf: bytes)
        return true
    }

    /// Whether the head names at most one length, in digits that fit into a number. libcurl takes the last of several,
    /// the first of a list, and reads to the end of the connection where a number is too large. (RFC 9112, 6.3)
    private var hasOneLength: Bool {
        let lengths = headers.all(named: "Content-Length")
        guard let first = lengths.first else { return true }
        return (1...18).contains(first.utf8.count)
            && first.utf8.allSatisfy { UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") }
            && lengths.allSatisfy { $0 == first }
    }

    /// What has arrived of the final response; nil before its head is complete.
    var partial: HTTPResponse? {
        isHeadComplete && status >= 200 ? HTTPResponse(status: status, headers: headers, body: body) : nil
    }

    /// Drops what came before, because a request is about to be sent, the first one or the next of a redirect.
    mutating func beginAnew() {
        headers = []
        body = []
        status = 0
        headBytes = 0
        isHeadComplete = true
    }

    private mutating func begin(statusLine line: UnsafeRawBufferPointer) {
        headers = []
        body = []
        isHeadComplete = false
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        status = words.dropFirst().first.flatMap { Int(Self.text($0)) } ?? 0
    }

    private static func text(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        let start = bytes.firstIndex { !isBlank($0) } ?? bytes.endIndex
        let end = bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
            || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n")
    }
}
