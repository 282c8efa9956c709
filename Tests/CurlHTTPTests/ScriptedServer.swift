import Glibc
import Synchronization

@testable import CurlHTTP

/// A raw HTTP/1.1 peer on a loopback port, which does on every connection what its script says.
final class ScriptedServer: Sendable {
    typealias Script = @Sendable (Connection) -> Void

    enum Event: Sendable, Equatable {
        case received(Request)
        /// The script of a connection has ended, and the connection with it.
        case closed(connection: Int)
    }

    let address: String
    let port: UInt16
    /// Everything that happens, in order. For one reader.
    let events: AsyncStream<Event>
    private let announce: AsyncStream<Event>.Continuation
    private let listener: Int32
    private let state = Mutex(State())

    private struct State {
        var isStopped = false
        var connections = 0
        var open: Set<Int32> = []
        var requests: [Request] = []
    }

    init(address: String = "127.0.0.1", _ script: @escaping Script) throws {
        (listener, port) = try Self.listen(on: address)
        self.address = address
        (events, announce) = AsyncStream.makeStream()
        try DedicatedThread.start { self.acceptConnections(script) }
    }

    /// All requests read so far.
    var requests: [Request] {
        state.withLock { $0.requests }
    }

    /// Connections accepted so far.
    var connections: Int {
        state.withLock { $0.connections }
    }

    func url(_ path: String = "/", host: String? = nil) -> String {
        "http://\(host ?? address):\(port)\(path)"
    }

    /// Ends all scripts' connections; nothing is accepted any more.
    func stop() {
        state.withLock { state in
            state.isStopped = true
            for socket in state.open {
                _ = shutdown(socket, Int32(SHUT_RDWR))
            }
        }
        _ = shutdown(listener, Int32(SHUT_RDWR))
    }

    fileprivate func record(_ request: Request) {
        state.withLock { $0.requests.append(request) }
        announce.yield(.received(request))
    }

    private func acceptConnections(_ script: @escaping Script) {
        defer { close(listener) }
        while case let socket = accept(listener, nil, nil), socket >= 0 {
            let number: Int? = state.withLock { state in
                guard !state.isStopped else { return nil }
                state.connections += 1
                state.open.insert(socket)
                return state.connections
            }
            guard let number else {
                close(socket)
                break
            }
            let serve: @Sendable () -> Void = { [self] in
                script(Connection(number: number, socket: socket, server: self))
                state.withLock { state in
                    state.open.remove(socket)
                    _ = close(socket)
                }
                announce.yield(.closed(connection: number))
            }
            do { try DedicatedThread.start(serve) } catch { break }
        }
    }

    private static func listen(on address: String) throws -> (socket: Int32, port: UInt16) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        inet_pton(AF_INET, address, &place.sin_addr)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listener, pointer, length) | Glibc.listen(listener, 256) | getsockname(listener, pointer, &length)
            }
        }
        guard code == 0 else { throw CannotListen(errno: errno) }
        return (listener, UInt16(bigEndian: place.sin_port))
    }

    struct CannotListen: Error {
        let errno: Int32
    }

    /// A port of loopback on which nobody listens.
    static func unusedPort() throws -> UInt16 {
        let (socket, port) = try listen(on: "127.0.0.1")
        close(socket)
        return port
    }
}

extension ScriptedServer {
    /// A request as it was read.
    struct Request: Sendable, Equatable {
        /// The number of its connection, from 1.
        let connection: Int
        /// Request line and header lines.
        let head: [String]
        let body: [UInt8]

        func header(_ name: String) -> String? {
            head.dropFirst().first { $0.lowercased().hasPrefix("\(name.lowercased()):") }.map { line in
                String(line.dropFirst(name.count + 1).drop { $0 == " " })
            }
        }
    }

    /// One accepted connection, for its script.
    struct Connection: Sendable {
        let number: Int
        fileprivate let socket: Int32
        fileprivate let server: ScriptedServer

        /// The next request, body included; nil when the client has closed.
        @discardableResult
        func receive() -> Request? {
            var head: [UInt8] = []
            while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
                guard let byte = read(upTo: 1)?.first else { return nil }
                head.append(byte)
            }
            let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n").map(String.init)
            var request = Request(connection: number, head: lines, body: [])
            let length = request.header("Content-Length").flatMap(Int.init) ?? 0
            var body: [UInt8] = []
            while body.count < length {
                guard let bytes = read(upTo: length - body.count) else { return nil }
                body += bytes
            }
            request = Request(connection: number, head: lines, body: body)
            server.record(request)
            return request
        }

        /// Some bytes; nil when the client has closed.
        func read(upTo count: Int) -> [UInt8]? {
            let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                filled = max(0, recv(socket, buffer.baseAddress, count, 0))
            }
            return bytes.isEmpty ? nil : bytes
        }

        func send(_ text: String) {
            send(text.utf8)
        }

        /// Sends all of it; ends where the client has closed.
        func send(_ bytes: some Collection<UInt8>) {
            var rest = Array(bytes)[...]
            while !rest.isEmpty {
                let sent = rest.withUnsafeBytes {
                    Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard sent > 0 else { return }
                rest = rest.dropFirst(sent)
            }
        }

        func answer(_ status: String = "200 OK", _ fields: String..., body: String = "") {
            let head = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + fields
            send(head.joined(separator: "\r\n") + "\r\n\r\n" + body)
        }
    }
}
