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
