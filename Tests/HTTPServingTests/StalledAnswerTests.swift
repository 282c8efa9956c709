import HTTPServing
import Hummingbird
import NIOCore
import Testing

@Suite("An answer that nobody takes", .timeLimit(.minutes(5)))
struct StalledAnswerTests {
    @Test("a peer that takes nothing more of an answer is closed by the idle timeout")
    func stalled() async throws {
        let (ends, end) = AsyncStream<Void>.makeStream()
        let router = Router(context: PeerContext.self)
        router.get("endless") { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    defer { end.finish() }
                    let piece = ByteBuffer(repeating: 0x78, count: 64 << 10)
                    // The two ends keep tens of megabytes for each other on some systems.
                    while true { try await writer.write(piece) }
                })
        }
        let listener = Listener(host: "127.0.0.1", port: 0, idleTimeout: .milliseconds(300))
        try await listener.serving(router) { port in
            var hasBegun = false
            while !hasBegun { hasBegun = try await stall(port, until: ends) }
        }
    }

    /// More than the two ends keep for each other, so that what is behind it waits for the peer.
    private static let largeBytes = 32 << 20

    @Test("a connection whose next piece is still made is not closed as silent for another")
    func goesOn() async throws {
        let (others, other) = AsyncStream<Void>.makeStream()
        let router = Router(context: PeerContext.self)
        router.get("parts") { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    try await writer.write(ByteBuffer(repeating: 0x78, count: Self.largeBytes))
                    try await writer.write(ByteBuffer(string: "first"))
                    for await _ in others { break }
                    try await writer.write(ByteBuffer(string: "second"))
                    try await writer.finish(nil)
                })
        }
        // One address has one of the two places.
        let listener = Listener(host: "127.0.0.1", port: 0, maxConnections: 2)
        try await listener.serving(router) { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send("GET /parts HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try await !connection.read(until: "first", after: Self.largeBytes).isEmpty)

                await #expect(throws: (any Error).self) {
                    try await RawConnection.open(to: port) { late in
                        try await late.send("GET /parts HTTP/1.1\r\nHost: a\r\n\r\n")
                        if try await late.read(until: "200").isEmpty { throw ChannelError.eof }
                    }
                }
                other.yield()

                #expect(try await !connection.read(until: "second").isEmpty)
            }
        }
    }

    /// Whether the answer began; on a busy machine the connection may be closed as idle before it was asked anything.
    private func stall(_ port: Int, until end: AsyncStream<Void>) async throws -> Bool {
        let (begins, begin) = AsyncStream<Void>.makeStream()
        do {
            try await RawConnection.open(to: port) { connection in
                try await connection.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n")
                guard try await !connection.read(until: "HTTP/1.1 200").isEmpty else { return }
                begin.yield()

                for await _ in end {}
            }
        } catch ChannelError.ioOnClosedChannel {
            // It was closed before this side came to it.
        }
        begin.finish()
        for await _ in begins { return true }
        return false
    }
}
