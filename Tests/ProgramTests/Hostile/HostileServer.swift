import Foundation
import Glibc
import Synchronization
import TestPeers

/// A customer's web server that misbehaves, in the way that the path of the request says.
final class HostileServer: Sendable {
    let port: Int
    private let listener: Int32
    private let state = Mutex((open: Set<Int32>(), requests: 0))

    init() throws {
        (listener, port) = try Self.listening()
        Threads.detachAttacker { [self] in accept() }
    }

    private static func listening() throws -> (socket: Int32, port: Int) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var place = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = RawSocket.withAddress("127.0.0.1", port: 0) { bind(listener, $0, $1) } == 0
        let code = withUnsafeMutablePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                listen(listener, 512) | getsockname(listener, $0, &length)
            }
        }
        guard isBound, code == 0 else { throw Unexpected("no socket could listen") }
        return (listener, Int(in_port_t(bigEndian: place.sin_port)))
    }

    var url: String { "http://127.0.0.1:\(port)" }

    /// How many requests came.
    var requests: Int { state.withLock { $0.requests } }

    func stop() {
        state.withLock { for socket in $0.open { _ = shutdown(socket, Int32(SHUT_RDWR)) } }
        _ = shutdown(listener, Int32(SHUT_RDWR))
    }

    private func accept() {
        defer { close(listener) }
        while case let socket = Glibc.accept(listener, nil, nil), socket >= 0 {
            state.withLock { _ = $0.open.insert(socket) }
            Threads.detachAttacker { [self] in
                serve(Connection(socket: socket))
                state.withLock { state in
                    state.open.remove(socket)
                    _ = close(socket)
                }
            }
        }
    }

    private func serve(_ connection: Connection) {
        while let path = connection.requestPath() {
            state.withLock { $0.requests += 1 }
            guard let manner = Manner(rawValue: path), manner.answer(on: connection) else { return }
        }
    }

    /// A connection of the gateway's.
    struct Connection {
        let socket: Int32

        /// The path of the next request, whose body is not read to its end; nil when there is none.
        func requestPath() -> String? {
            var octets: [UInt8] = []
            var octet: UInt8 = 0
            while !octets.suffix(4).elementsEqual("\r\n\r\n".utf8) {
                guard recv(socket, &octet, 1, 0) == 1 else { return nil }
                octets.append(octet)
            }
            let words = String(decoding: octets, as: UTF8.self).split(separator: " ", maxSplits: 2)
            return words.count == 3 ? String(words[1]) : nil
        }

        func send(_ octets: some Collection<UInt8>) -> Bool {
            let octets = Array(octets)
            return Glibc.send(socket, octets, octets.count, Int32(MSG_NOSIGNAL)) == octets.count
        }

        func send(_ text: String) -> Bool { send(text.utf8) }
    }
}

extension HostileServer {
    /// How a request is answered.
    enum Manner: String, CaseIterable {
        case picture = "/picture.gif"
        case hangs = "/hangs"
        case endlessBody = "/endless-body"
        case endlessTrailers = "/endless-trailers"
        case endlessHead = "/endless-head"
        case endlessInterim = "/endless-interim"
        case endlessChunkExtensions = "/endless-extensions"
        case drippedHead = "/dripped-head"
        case drippedBody = "/dripped-body"
        case bomb = "/bomb"
        case twoLengths = "/two-lengths"
        case hugeLength = "/huge-length"
        case endlessRedirects = "/endless-redirects"

        static let gif: [UInt8] = Array(
            Data(base64Encoded: "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7") ?? Data())

        /// - Returns: whether another request may follow on the connection.
        func answer(on connection: Connection) -> Bool {
            let head = "HTTP/1.1 200 OK\r\nContent-Type: image/gif\r\n"
            let line = String(repeating: "a", count: 1000)
            switch self {
            case .picture:
                return connection.send(head + "Content-Length: \(Self.gif.count)\r\n\r\n") && connection.send(Self.gif)
            case .hangs:
                return Self.hold(connection)
            case .endlessBody:
                return connection.send(head + "\r\n") && Self.forever { connection.send(line) }
            case .endlessTrailers:
                return connection.send(head + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n")
                    && Self.forever { connection.send("X-More: \(line)\r\n") }
            case .endlessHead:
                return connection.send(head) && Self.forever { connection.send("X-More: \(line)\r\n") }
            case .endlessInterim:
                return Self.forever { connection.send("HTTP/1.1 103 Early Hints\r\nX-More: \(line)\r\n\r\n") }
            case .endlessChunkExtensions:
                return connection.send(head + "Transfer-Encoding: chunked\r\n\r\n1;")
                    && Self.forever { connection.send(line) }
            case .drippedHead:
                return connection.send(head + "X-More: ") && Self.drip(connection)
            case .drippedBody:
                return connection.send(head + "Content-Length: 1000000\r\n\r\n") && Self.drip(connection)
            case .bomb:
                let zeros = GzipBomb.block
                return connection.send(head + "Content-Encoding: gzip\r\n\r\n") && connection.send(GzipBomb.head)
                    && Self.forever { connection.send(zeros) }
            case .twoLengths:
                return connection.send(head + "Content-Length: 42\r\nContent-Length: 43\r\n\r\n")
                    && connection.send(Self.gif)
            case .hugeLength:
                return connection.send(head + "Content-Length: 9223372036854775808\r\n\r\n")
                    && connection.send(Self.gif) && Self.hold(connection)
            case .endlessRedirects:
                return connection.send(
                    "HTTP/1.1 302 Found\r\nLocation: \(rawValue)\r\nContent-Length: 0\r\n\r\n")
            }
        }

        /// Waits until the peer goes.
        private static func hold(_ connection: Connection) -> Bool {
            var octet: UInt8 = 0
            while recv(connection.socket, &octet, 1, 0) == 1 {}
            return false
        }

        private static func forever(_ send: () -> Bool) -> Bool {
            while send() {}
            return false
        }

        private static func drip(_ connection: Connection) -> Bool {
            forever {
                Thread.sleep(forTimeInterval: 0.1)
                return connection.send("a")
            }
        }
    }
}

/// A gzip stream of zeros without an end: each octet of it is some 160 octets.
private enum GzipBomb {
    static let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]

    /// A block of fixed Huffman codes that is not the last: a zero, and many times "258 octets as the one before". It
    /// ends at a whole octet, so that it can be repeated. (RFC 1951, 3.2.6)
    static let block: [UInt8] = {
        var bits: [UInt8] = [0, 1, 0]
        bits += [0, 0, 1, 1, 0, 0, 0, 0]
        // 8 times 13 bits are whole octets; the end of the block and what is before it make 18 bits.
        for _ in 0..<8 * 500 + 2 { bits += [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0] }
        bits += [UInt8](repeating: 0, count: 7)
        // Stored blocks of no length bring the stream to a whole octet.
        bits += [0, 0, 0]
        while bits.count % 8 != 0 { bits.append(0) }
        bits += [UInt8](repeating: 0, count: 16) + [UInt8](repeating: 1, count: 16)
        return stride(from: 0, to: bits.count, by: 8).map { start in
            (0..<8).reduce(0) { $0 | bits[start + $1] << UInt8($1) }
        }
    }()
}
