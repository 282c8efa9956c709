import FoundationEssentials
import Glibc

/// A peer of a measurement in a process of its own, as the one that measures sees it.
final class PeerProcess {
    let process: ChildProcess
    let port: Int

    /// Starts a server.
    init(_ task: PeerTask) throws {
        process = try Self.start(task)
        guard let port = Int(try process.line()) else { throw BenchFailure("a peer has no port") }
        self.port = port
    }

    /// Makes posts in a process of their own and waits for their end.
    static func load(_ task: LoadTask) throws -> LoadTask.Result { try result(of: .load(task)) }

    /// Measures a part of the floor in a process of its own and waits for its end.
    static func floor(_ task: FloorTask) throws -> FloorFigures { try result(of: .floor(task)) }

    private static func result<Value: Decodable>(of task: PeerTask) throws -> Value {
        let process = try start(task)
        defer { _ = process.stop() }
        return try JSONDecoder().decode(Value.self, from: Data(try process.line().utf8))
    }

    private static func start(_ task: PeerTask) throws -> ChildProcess {
        try ChildProcess(["bench-peer", String(decoding: try JSONEncoder().encode(task), as: UTF8.self)])
    }

    /// What it counted so far.
    func tally() throws -> PeerTally {
        let request = Array("GET /tally HTTP/1.1\r\nHost: peer\r\n\r\n".utf8)
        let socket = try Loopback.connect(to: port)
        defer { close(socket) }
        guard send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            throw BenchFailure("a peer was not reached")
        }
        var answer = [UInt8](repeating: 0, count: 4096)
        var filled = 0
        while PostReading.end(of: answer[..<filled]) == nil {
            let count = answer.withUnsafeMutableBytes { [filled] in
                recv(socket, $0.baseAddress.map { $0 + filled }, $0.count - filled, 0)
            }
            guard count > 0 else { throw BenchFailure("a peer ended early") }
            filled += count
        }
        guard let body = answer[..<filled].firstOffset(of: "\r\n\r\n") else { throw BenchFailure("no tally") }
        return try JSONDecoder().decode(PeerTally.self, from: Data(answer[(body + 4)..<filled]))
    }

    /// - Returns: the processor time that it used.
    @discardableResult
    func stop() -> Duration { process.stop() }
}
