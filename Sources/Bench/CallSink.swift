import Glibc

/// A receiver of webhooks that does as little as it can: it counts calls and answers 200, so that the processors are the
/// gateway's. One thread, plain sockets and `poll`; calls block.
struct CallSink {
    let port: Int
    private let listener: Int32

    init() throws {
        (listener, port) = try Loopback.silentServer()
    }

    func stop() { close(listener) }

    /// Answers so many calls.
    ///
    /// - Returns: the time from the first to the last.
    /// - Throws: `BenchFailure` when none comes for half a minute.
    func receive(_ count: Int) throws -> Duration {
        var connections: [Int32: CallConnection] = [:]
        defer { for socket in connections.keys { close(socket) } }
        var (received, first) = (0, ContinuousClock.now)
        while received < count {
            var polled = ([listener] + connections.keys).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&polled, nfds_t(polled.count), 30_000) > 0 else {
                throw BenchFailure("\(received) of \(count) calls came, and no other for 30 seconds")
            }
            for entry in polled where entry.revents != 0 {
                if entry.fd == listener {
                    let socket = accept(listener, nil, nil)
                    if socket >= 0 { connections[socket] = CallConnection(socket: socket) }
                    continue
                }
                guard let calls = connections[entry.fd]?.answer() else {
                    close(entry.fd)
                    connections[entry.fd] = nil
                    continue
                }
                if received == 0, calls > 0 { first = .now }
                received += calls
            }
        }
        return first.duration(to: .now)
    }
}

/// A kept-alive connection of the gateway.
private struct CallConnection {
    let socket: Int32
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)
    private var filled = 0

    init(socket: Int32) {
        self.socket = socket
    }

    private static let response = Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8)

    /// Answers the calls that are here as a whole; returns how many, and nil at the end of the connection.
    mutating func answer() -> Int? {
        let count = buffer.withUnsafeMutableBytes { [filled] buffer in
            recv(socket, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, 0)
        }
        guard count > 0 else { return nil }
        filled += count
        var calls = 0
        while let end = PostReading.end(of: buffer[..<filled]) {
            calls += 1
            buffer.replaceSubrange(0..<(filled - end), with: Array(buffer[end..<filled]))
            filled -= end
            _ = Self.response.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        }
        return calls
    }
}
