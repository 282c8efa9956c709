import GatewayCore
import Hummingbird
import IPRanges
import Synchronization
import Testing

@testable import HTTPServing

@Suite("The brake of those who guess")
struct GuessBrakeTests {
    private let now = ContinuousClock.Instant.now

    @Test("some failures are free, and from then on each waits a tenth of a second more, up to a bound")
    func line() throws {
        let brake = GuessBrake()
        let address = try #require(IPAddress("192.0.2.1"))
        let other = try #require(IPAddress("192.0.2.2"))

        let delays = (0..<200).map { _ in brake.delay(of: address, now: now) }

        #expect(delays[..<20].allSatisfy { $0 == .zero })
        #expect(delays[20] == .milliseconds(100))
        #expect(delays[21] == .milliseconds(200))
        #expect(delays[199] == .seconds(10))
        #expect(brake.delay(of: other, now: now) == .zero)
        #expect(brake.delay(of: address, now: now + .seconds(20)) == .zero)
    }

    @Test("whoever guesses on waits for the answer, by the clock of the server", .timeLimit(.minutes(5)))
    func heldBack() async throws {
        let (start, waits) = (now, Waits())
        let router = Router(context: PeerContext.self)
        router.get("private") { _, _ in Response(status: .unauthorized, json: ["no": true]) }
        var listener = Listener(host: "127.0.0.1", port: 0)
        listener.clock = MonotonicClock(now: { start }, sleep: { waits.append(start.duration(to: $0)) })

        try await listener.serving(router) { port in
            try await RawConnection.open(to: port) { connection in
                for _ in 0..<22 {
                    try await connection.send("GET /private HTTP/1.1\r\nHost: a\r\nAuthorization: Basic eA==\r\n\r\n")
                    #expect(try await connection.read(until: "}").hasPrefix("HTTP/1.1 401 Unauthorized\r\n"))
                }
            }
        }

        #expect(waits.all == [.milliseconds(100), .milliseconds(200)])
    }

    @Test("a server that stops lets go who waits", .timeLimit(.minutes(5)))
    func stop() async throws {
        let start = now
        let (begun, begins) = AsyncStream<Void>.makeStream()
        let router = Router(context: PeerContext.self)
        router.get("private") { _, _ in Response(status: .unauthorized, json: ["no": true]) }
        var listener = Listener(host: "127.0.0.1", port: 0)
        listener.clock = MonotonicClock(
            now: { start },
            sleep: { _ in
                begins.yield()
                // Until it is cancelled.
                for await _ in AsyncStream<Void>.makeStream().stream {}
            })
        let guess = "GET /private HTTP/1.1\r\nHost: a\r\nAuthorization: Basic eA==\r\n\r\n"

        try await listener.serving(router) { port in
            try await RawConnection.open(to: port) { connection in
                for _ in 0..<20 {
                    try await connection.send(guess)
                    _ = try await connection.read(until: "}")
                }
                try await connection.send(guess)
                for await _ in begun { break }
            }
        }
    }

    @Test("addresses without number take no memory without end")
    func memory() {
        let brake = GuessBrake()

        for number in 0..<20_000 { _ = brake.delay(of: .v4(UInt32(number)), now: now) }

        #expect(brake.count <= GuessBrake.memory)
    }
}

/// How long somebody was to wait.
private final class Waits: Sendable {
    private let durations = Mutex<[Duration]>([])

    var all: [Duration] { durations.withLock { $0 } }

    func append(_ duration: Duration) { durations.withLock { $0.append(duration) } }
}
