import Glibc

/// Plain sockets of this machine.
enum Loopback {
    /// A connection that sends at once what it is given.
    static func connect(to port: Int) throws -> Int32 {
        let socket = try tcp()
        let code = withAddress(port: port) { Glibc.connect(socket, $0, $1) }
        guard code == 0 else {
            close(socket)
            throw BenchFailure("no connection: \(String(cString: strerror(errno)))")
        }
        sendAtOnce(socket)
        return socket
    }

    /// Makes the socket wait for nothing more to send.
    static func sendAtOnce(_ socket: Int32) {
        var on: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Waits until somebody listens there.
    static func wait(for port: Int) async throws {
        for _ in 0..<1000 {
            if let socket = try? connect(to: port) {
                close(socket)
                return
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw BenchFailure("nobody listened within ten seconds")
    }

    /// A port that is free now.
    static func freePort() throws -> Int {
        let (socket, port) = try bound()
        close(socket)
        return port
    }

    /// A server that lets the system accept connections and never answers.
    static func silentServer() throws -> (socket: Int32, port: Int) {
        let (socket, port) = try bound()
        guard listen(socket, 1024) == 0 else { throw BenchFailure("no socket could listen") }
        return (socket, port)
    }

    private static func bound() throws -> (socket: Int32, port: Int) {
        let socket = try tcp()
        guard withAddress(port: 0, { bind(socket, $0, $1) }) == 0 else { throw BenchFailure("no port could be had") }
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
        }
        return (socket, Int(in_port_t(bigEndian: address.sin_port)))
    }

    private static func tcp() throws -> Int32 {
        // Not inherited by child processes: one that held the socket would keep the port.
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let socket = socket(AF_INET, kind, 0)
        guard socket >= 0 else { throw BenchFailure("no socket could be made") }
        return socket
    }

    private static func withAddress(port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
