import GatewayCore
import Synchronization
import Testing

@testable import Operating

@Suite("Watching")
struct WatchTests {
    private struct Away: Error {}

    private let screen = Terminal(isTerminal: true) { _ in "xterm" }

    /// What is printed over looks that find these texts, the last of which stays; nil is a failure.
    private func printed(_ found: [String?], on terminal: Terminal) async throws -> (
        lines: [String], pauses: [Duration]
    ) {
        let start = ContinuousClock.now
        let pauses = Mutex<[Duration]>([])
        let clock = MonotonicClock(
            now: { start }, sleep: { deadline in pauses.withLock { $0.append(deadline - start) } })
        var rest = found[...]
        var lines: [String] = []
        let look = { () throws(Away) -> Watch.View in
            guard let next = rest.popFirst() ?? nil else { throw Away() }
            return Watch.View(next, isLast: rest.isEmpty)
        }
        let watch = Watch(every: .seconds(2), on: terminal, clock: clock)
        try await watch.run(look: look, failure: { _ in "away" }, print: { lines.append($0) })
        return (lines, pauses.withLock { $0 })
    }

    @Test("on a screen each view takes the place of the one before, until it stays as it is")
    func screened() async throws {
        let (lines, pauses) = try await printed(["a", "a", "b"], on: screen)

        #expect(lines == ["a", "a", "b"].map { "\u{1B}[H\u{1B}[J\($0)" })
        #expect(pauses == [.seconds(2), .seconds(2)])
    }

    @Test("elsewhere a view that is as the one before is left out")
    func appended() async throws {
        #expect(try await printed(["a", "a", "b"], on: .none).lines == ["a", "b"])
    }

    @Test("a gateway that is away for a while is watched on")
    func away() async throws {
        #expect(try await printed(["a", nil, "b"], on: .none).lines == ["a", "away", "b"])
    }

    @Test("where there is nothing at the first look, it ends")
    func nothing() async throws {
        await #expect(throws: Away.self) { try await printed([nil, "b"], on: .none) }
    }
}
