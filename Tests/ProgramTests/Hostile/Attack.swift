import Foundation
import Testing

/// Something that strangers, customers, MMSCs or customers' servers do to the gateway for as long as they are let.
struct Attack: Sendable, CustomTestStringConvertible {
    let name: String
    /// Goes on until the time is over. What was opened is held until then.
    let run: @Sendable (_ ground: Ground, _ end: ContinuousClock.Instant) async -> Void

    var testDescription: String { name }

    init(_ name: String, _ run: @escaping @Sendable (Ground, ContinuousClock.Instant) async -> Void) {
        self.name = name
        self.run = run
    }

    /// One that does the same on many threads, again and again.
    init(
        _ name: String, threads: Int,
        again once: @escaping @Sendable (Ground, ContinuousClock.Instant) -> Void
    ) {
        self.init(name) { ground, end in
            await Threads.attack(threads) { _ in
                while .now < end {
                    let start = ContinuousClock.now
                    once(ground, end)
                    // Refused at once, an attacker comes a thousand times a second and not more: what is measured is
                    // the gateway and not the machine.
                    if .now - start < .milliseconds(1) { Thread.sleep(forTimeInterval: 0.001) }
                }
            }
        }
    }

    static let all = connections + framing + bodies + servers
}
