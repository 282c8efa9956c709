import HTTPServing
import NIOCore
import NIOHPACK
import NIOHTTP2
import Synchronization
import Testing

/// Floods by HTTP/2 are cut off after a count of frames, whatever time they take. (RFC 9113, 10.5)
@Suite("Floods by HTTP/2", .timeLimit(.minutes(5)))
struct StreamFloodTests {
    @Test(
        "whoever sends frames that lead to no answer is cut off",
        arguments: [
            // WINDOW_UPDATE, one that nobody knows, PRIORITY, PING, CONTINUATION of nothing.
            RawFrame(8, payload: [0, 0, 0, 1]), RawFrame(0x42, length: 10),
            RawFrame(2, stream: 1, payload: [0, 0, 0, 0, 1]), RawFrame(6, length: 8),
            RawFrame(9, stream: 1, payload: []),
        ])
    func frames(frame: RawFrame) async throws {
        try await LiveServer.run(identity: try TLSFixture.identity()) { port in
            try await RawConnection.open(to: port, by: TLSFixture.client(protocols: ["h2"])) { connection in
                try await connection.send(Self.opening)
                await connection.flood(frame)
            }
        }
    }

    @Test("the operator learns of it")
    func noted() async throws {
        let (refusals, note) = AsyncStream<RequestRefusal>.makeStream()
        let onRefusal = { @Sendable (refusal: RequestRefusal) in _ = note.yield(refusal) }
        try await LiveServer.run(identity: try TLSFixture.identity(), onRefusal: onRefusal) { port in
            try await RawConnection.open(to: port, by: TLSFixture.client(protocols: ["h2"])) { connection in
                try await connection.send(Self.opening)
                await connection.flood(RawFrame(0x42))
            }
            for await refusal in refusals {
                #expect(refusal == .flood)
                break
            }
        }
    }

    @Test("whoever asks on where there is no place is cut off")
    func refusedStreams() async throws {
        let hold = Hold()
        try await LiveServer.run(
            maxConnections: 2, identity: try TLSFixture.identity(), onHold: hold.wait
        ) { port in
            try await StreamClient.open(to: port) { client in
                try await client.talk { write, _ in
                    try await write(Self.head("/hold"))
                    await #expect(throws: (any Error).self) {
                        for _ in 0..<1000 { _ = try await client.ask().reset }
                    }
                    try await client.channel.closeFuture.get()
                }
                hold.release()
            }
        }
    }

    @Test("a stream that is reset has its place until its request is over")
    func resetStreams() async throws {
        let hold = Hold()
        try await LiveServer.run(
            maxConnections: 4, identity: try TLSFixture.identity(), onHold: hold.wait
        ) { port in
            try await StreamClient.open(to: port) { client in
                for count in 1...2 {
                    try await client.talk { write, _ in
                        try await write(Self.head("/hold"))
                        await hold.waiters(count)
                        try await write(.rstStream(.cancel))
                    }
                }
                let third = try await client.ask()
                #expect(third.reset == .refusedStream)

                hold.release()
                // Both end soon, but at no time that the client knows.
                while try await client.ask().reset == .refusedStream {}
            }
        }
    }

    @Test("a customer who asks and reads the answers goes on for as long as it likes")
    func longTalk() async throws {
        try await LiveServer.run(identity: try TLSFixture.identity()) { port in
            try await StreamClient.open(to: port) { client in
                for _ in 0..<1500 {
                    let status = try await client.ask().status
                    guard status == "200" else {
                        Issue.record("the answer is \(status)")
                        return
                    }
                }
            }
        }
    }

    private static let opening = [UInt8]("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + RawFrame(4).octets

    private static func head(_ path: String) -> StreamClient.Frame {
        .headers(
            .init(
                headers: [":method": "GET", ":scheme": "https", ":authority": "a", ":path": path], endStream: true))
    }
}

extension RawConnection {
    /// Sends a frame thousands of times, and returns when the server has ended the connection, in whatever manner.
    fileprivate func flood(_ frame: RawFrame) async {
        do {
            try await send((0..<5000).flatMap { _ in frame.octets })
            _ = try await read()
        } catch {
            // It ended while we wrote, or without a farewell of TLS.
        }
    }
}

/// Holds requests in their route until a test lets them go.
private final class Hold: Sendable {
    private let begun = AsyncStream<Void>.makeStream()
    private let held = Mutex<[CheckedContinuation<Void, Never>]?>([])

    @Sendable func wait() async {
        await withCheckedContinuation { continuation in
            let isReleased = held.withLock { held -> Bool in
                guard held != nil else { return true }
                held?.append(continuation)
                return false
            }
            if isReleased { continuation.resume() }
            begun.continuation.yield()
        }
    }

    /// Returns when so many wait.
    func waiters(_ count: Int) async {
        while held.withLock({ $0?.count ?? 0 }) < count { for await _ in begun.stream { break } }
    }

    func release() {
        let all = held.withLock { held in
            defer { held = nil }
            return held ?? []
        }
        for one in all { one.resume() }
    }
}
