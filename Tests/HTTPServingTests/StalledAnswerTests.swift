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
                    // Far more than the two ends keep for each other.
                    for _ in 0..<1000 { try await writer.write(piece) }
                })
        }
        let listener = Listener(host: "127.0.0.1", port: 0, idleTimeout: .milliseconds(300))
        try await listener.serving(router) { port in
            do {
                try await RawConnection.open(to: port) { connection in
                    try await connection.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n")

                    for await _ in ends {}
                }
            } catch ChannelError.ioOnClosedChannel {
                // It was closed before this side came to it.
            }
        }
    }
}
