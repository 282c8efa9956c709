import Glibc

/// A plain connection on loopback that sends whatever it is given. For one thread at a time.
final class RawSocket {
    private let descriptor: Int32
    private var unread: [UInt8] = []
    private var isAtEnd = false

    /// - Parameters:
    ///   - source: the address that the gateway sees.
    ///   - seconds: how long a connection, a read and a write may take.
    /// - Returns: nil where nobody takes the connection in that time.
    init?(port: Int, source: String = "127.0.0.1", seconds: Int = 10) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var patience = timeval(tv_sec: seconds, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        let isBound = Self.withAddress(source, port: 0) { bind(descriptor, $0, $1) } == 0
        guard isBound, Self.withAddress("127.0.0.1", port: port, { connect(descriptor, $0, $1) }) == 0 else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }

    /// False when the peer takes no more.
    @discardableResult
    func send(_ octets: some Collection<UInt8>) -> Bool {
        var rest = Array(octets)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(text.utf8) }

    /// Nothing more follows from this side.
    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// How much the system keeps of what was not read yet: little makes an answer that nobody reads wait at the sender.
    func shrinkReceiveBuffer() {
        var octets: Int32 = 4096
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &octets, socklen_t(MemoryLayout<Int32>.size))
    }

    struct Answer: Equatable {
        let status: Int
        let head: String
        let body: [UInt8]
    }

    /// The next answer with a Content-Length; nil where the connection ends or falls silent before it is whole.
    func answer() -> Answer? {
        var end = unread.range(ofHeadEnd: 0)
        while end == nil {
            guard fill() else { return nil }
            end = unread.range(ofHeadEnd: 0)
        }
        guard let end else { return nil }
        let head = String(decoding: unread[..<end], as: UTF8.self)
        let status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let length =
            head.split(whereSeparator: \.isNewline).first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.split(separator: ":")[1].trimmingPrefix { $0 == " " }) } ?? 0
        while unread.count < end + length {
            guard fill() else { return nil }
        }
        defer { unread.removeFirst(end + length) }
        return Answer(status: status, head: head, body: Array(unread[end..<end + length]))
    }

    /// The statuses of all answers to the end of the connection; nil where the peer leaves it open for longer than the
    /// patience.
    func statusesToTheEnd() -> [Int]? {
        while fill() {}
        guard isAtEnd else { return nil }
        return String(decoding: unread, as: UTF8.self).split(separator: "HTTP/1.1 ").compactMap { Int($0.prefix(3)) }
    }

    private func fill() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count == 0 || (count < 0 && errno == ECONNRESET) { isAtEnd = true }
        guard count > 0 else { return false }
        unread += buffer[..<count]
        return true
    }

    static func withAddress(
        _ host: String, port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        inet_pton(AF_INET, host, &address.sin_addr)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

extension [UInt8] {
    /// Where the blank line after a head ends.
    fileprivate func range(ofHeadEnd start: Int) -> Int? {
        guard count >= start + 4 else { return nil }
        return (start...count - 4).first { self[$0..<$0 + 4].elementsEqual("\r\n\r\n".utf8) }.map { $0 + 4 }
    }
}
