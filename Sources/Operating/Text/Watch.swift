package import GatewayCore

/// Looks again and again and prints what is there, until there is nothing more to see.
package struct Watch: Sendable {
    /// What one look found.
    package struct View: Sendable {
        package let text: String
        /// Whether it stays as it is.
        let isLast: Bool

        package init(_ text: String, isLast: Bool = false) {
            self.text = text
            self.isLast = isLast
        }
    }

    private let pause: Duration
    private let terminal: Terminal
    private let clock: MonotonicClock

    /// - Parameter pause: from one look to the next.
    package init(every pause: Duration, on terminal: Terminal, clock: MonotonicClock = .system) {
        self.pause = pause
        self.terminal = terminal
        self.clock = clock
    }

    /// Looks at once, and then after each pause. On a screen every view takes the place of the one before; elsewhere
    /// they follow each other, and one that is as the one before is left out.
    ///
    /// - Throws: what the first look throws. A gateway may be away for a while: later failures are views too.
    package func run(
        look: () async throws -> View, failure: (any Error) -> String, print: (String) -> Void
    ) async throws {
        var last = try await look()
        show(last, print)
        while !last.isLast {
            try await clock.sleep(until: clock.now + pause)
            let next: View
            do { next = try await look() } catch let error where !(error is CancellationError) {
                next = View(failure(error))
            }
            if terminal.isScreen || next.text != last.text { show(next, print) }
            last = next
        }
    }

    private func show(_ view: View, _ print: (String) -> Void) {
        // Home, and clear to the end: what was there before stays in the scrollback.
        print(terminal.isScreen ? "\u{1B}[H\u{1B}[J" + view.text : view.text)
    }
}
