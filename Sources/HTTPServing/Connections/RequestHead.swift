import NIOCore

/// The head of a request as it may go to the parser behind: vetted, in one form, and with what decides about its
/// connection.
///
/// The parser takes more than it should where senders and proxies read differently, and refuses folded fields, which
/// some SOAP libraries write. So what is ambiguous is refused here (RFC 9112, 2.2, 3.2, 5.1, 6.1, 6.3), folds are
/// undone (5.2), a target with scheme and host loses both (3.2.2), and `Upgrade`, which nothing here uses, is left out.
struct RequestHead: Equatable {
    /// How the end of the body is found. (RFC 9112, 6.3)
    enum Body: Equatable {
        case length(Int)
        case chunked
    }

    private(set) var octets: ByteBuffer
    private(set) var body = Body.length(0)
    private(set) var isHTTP10 = false
    private(set) var expectsContinue = false
    /// The connection ends after the answer. (RFC 9110, 7.6.1; RFC 9112, 9.3)
    private(set) var closes = false

    /// The longest line in octets, far above what SDKs and MMSCs send.
    static let lineLimit = 8 << 10
    static let limit = 16 << 10
    static let fieldLimit = 64

    /// - Parameters:
    ///   - octets: from the first of the request line to the empty line; each line ends with CR and LF.
    ///   - isFolded: a line begins with a blank.
    init(_ octets: ByteBuffer, isFolded: Bool) throws(RequestRefusal) {
        let bytes = isFolded ? Self.unfolded(octets.readableBytesView) : Array(buffer: octets)
        self.octets = isFolded ? ByteBuffer(bytes: bytes) : octets
        var reading = HeadReading()
        var rewritten: [UInt8]?
        var start = 0
        while let end = bytes[start...].firstIndex(of: .lineFeed) {
            let line = bytes[start..<end - 1]
            // This holds for folded lines too: the parser behind does not report one that is too long.
            guard line.count < Self.lineLimit else { throw .headTooLarge }
            if start == 0 {
                if let other = try reading.readRequestLine(line) { rewritten = other + [.carriageReturn, .lineFeed] }
            } else {
                let isKept = line.isEmpty ? true : try reading.readField(line)
                if isKept {
                    rewritten?.append(contentsOf: bytes[start...end])
                } else if rewritten == nil {
                    rewritten = Array(bytes[..<start])
                }
            }
            start = end + 1
        }
        if let rewritten { self.octets = ByteBuffer(bytes: rewritten) }
        body = try reading.body()
        isHTTP10 = reading.isHTTP10
        expectsContinue = reading.expectsContinue && !isHTTP10
        closes = reading.closes || (isHTTP10 && !reading.keepsAlive)
        try reading.checkHost()
    }

    mutating func close() { closes = true }

    /// The octets with each fold as one blank. (RFC 9112, 5.2)
    private static func unfolded(_ octets: ByteBufferView) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(octets.count)
        var isFold = false
        for octet in octets {
            if octet.isBlank, result.last == .lineFeed {
                result.removeLast(2)
                result.append(.space)
                isFold = true
            } else if !(isFold && octet.isBlank) {
                isFold = false
                result.append(octet)
            }
        }
        return result
    }
}

/// What the lines of a head say, as far as it matters to the connection.
private struct HeadReading {
    private(set) var isHTTP10 = false
    private(set) var closes = false
    private(set) var keepsAlive = false
    private(set) var expectsContinue = false
    private var hosts = 0
    private var length: Int?
    private var isChunked = false

    /// Returns the line to be read in its place, if any.
    mutating func readRequestLine(_ line: ArraySlice<UInt8>) throws(RequestRefusal) -> [UInt8]? {
        let words = line.split(separator: .space, maxSplits: 3, omittingEmptySubsequences: false)
        guard words.count == 3, !words[0].isEmpty, words[0].allSatisfy(\.isTokenOctet), !words[1].isEmpty,
            words[1].allSatisfy({ $0 > .space })
        else { throw .badRequestLine }
        if words[2].elementsEqual("HTTP/1.0".utf8) {
            isHTTP10 = true
        } else if !words[2].elementsEqual("HTTP/1.1".utf8) {
            throw words[2].starts(with: "HTTP/".utf8) ? .unknownVersion : .badRequestLine
        }
        if words[0].elementsEqual("CONNECT".utf8) { throw .tunnel }
        guard words[1].first != .slash, !words[1].elementsEqual("*".utf8) else { return nil }
        guard let target = words[1].withoutAuthority else { throw .badRequestLine }
        var line = Array(words[0])
        line.append(.space)
        line.append(contentsOf: target)
        line.append(.space)
        line.append(contentsOf: words[2])
        return line
    }

    /// False for a field that is left out.
    mutating func readField(_ line: ArraySlice<UInt8>) throws(RequestRefusal) -> Bool {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
            line[..<colon].allSatisfy(\.isTokenOctet)
        else { throw .badField }
        let name = line[..<colon]
        let value = line[(colon + 1)...].trimmed
        switch name.count {
        case 4 where name.isName("host"):
            hosts += 1
            guard value.allSatisfy(\.isHostOctet) else { throw .badHost }
        case 6 where name.isName("expect"):
            expectsContinue = value.isName("100-continue")
        case 7 where name.isName("upgrade"):
            return false
        case 10 where name.isName("connection"):
            for option in value.split(separator: UInt8(ascii: ",")) {
                if option.trimmed.isName("close") { closes = true }
                if option.trimmed.isName("keep-alive") { keepsAlive = true }
            }
        case 14 where name.isName("content-length"):
            // A number that does not fit is not valid, and the same one twice may come from two requests that were
            // joined.
            guard length == nil, !value.isEmpty, value.count < 19, value.allSatisfy(\.isDigitOctet) else {
                throw .unclearLength
            }
            length = value.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        case 17 where name.isName("transfer-encoding"):
            guard !isChunked else { throw .unclearLength }
            guard value.isName("chunked") else { throw .unknownEncoding }
            isChunked = true
        default: break
        }
        return true
    }

    func body() throws(RequestRefusal) -> RequestHead.Body {
        guard isChunked else { return .length(length ?? 0) }
        // HTTP/1.0 knows no chunks; somebody in between may take it for another request.
        guard length == nil, !isHTTP10 else { throw .unclearLength }
        return .chunked
    }

    func checkHost() throws(RequestRefusal) {
        if hosts > 1 { throw .severalHosts }
        if hosts == 0, !isHTTP10 { throw .noHost }
    }
}

extension ArraySlice<UInt8> {
    var trimmed: ArraySlice<UInt8> {
        guard let first = firstIndex(where: { !$0.isBlank }), let last = lastIndex(where: { !$0.isBlank }) else {
            return self[endIndex...]
        }
        return self[first...last]
    }

    /// - Parameter name: in lower case.
    func isName(_ name: StaticString) -> Bool {
        guard count == name.utf8CodeUnitCount else { return false }
        return name.withUTF8Buffer { zip(self, $0).allSatisfy { $0.lowercased == $1 } }
    }

    /// The path and query of a target that has a scheme and a host; nil for others. (RFC 9112, 3.2.2)
    fileprivate var withoutAuthority: [UInt8]? {
        for scheme in ["http://", "https://"] as [StaticString] {
            let rest = dropFirst(scheme.utf8CodeUnitCount)
            guard prefix(scheme.utf8CodeUnitCount).isName(scheme) else { continue }
            let authority = rest.prefix { $0 != .slash && $0 != UInt8(ascii: "?") }
            guard !authority.isEmpty, authority.allSatisfy(\.isHostOctet) else { return nil }
            let path = rest.dropFirst(authority.count)
            return path.first == .slash ? Array(path) : [.slash] + Array(path)
        }
        return nil
    }
}
