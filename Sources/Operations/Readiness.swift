import Synchronization

/// Whether the process can do its work now: each part that has to work has a check of its own.
package final class Readiness: Sendable {
    private let checks: [OngoingCheck]
    private let takeNotes: @Sendable () -> [CheckResult]
    private let lookAtPeers: @Sendable () -> [Peer]
    private let isDraining = Mutex(false)

    /// - Parameters:
    ///   - notes: what somebody should look at though work goes on, each with its reason; without one it is well.
    ///   - peers: those to whom the process sends.
    ///   - patience: how long an answer waits for a check. Whoever asks has a time-out too, often of three seconds, and
    ///     has to learn which check it is.
    package init(
        _ checks: [Check] = [], patience: Duration = .seconds(2),
        notes: @escaping @Sendable () -> [CheckResult] = { [] },
        peers: @escaping @Sendable () -> [Peer] = { [] }
    ) {
        self.checks = checks.map { OngoingCheck($0, patience: patience) }
        takeNotes = notes
        lookAtPeers = peers
    }

    /// One thing that has to be possible, such as a commit in the store.
    package struct Check: Sendable {
        package let name: String
        let pass: @Sendable () async throws -> Void

        /// - Parameter pass: returns when it is possible, else throws the reason why not.
        package init(_ name: String, pass: @escaping @Sendable () async throws -> Void) {
            self.name = name
            self.pass = pass
        }
    }

    /// The result of a check.
    package struct CheckResult: Sendable, Equatable {
        package let name: String
        /// Why the check failed; nil when it passed.
        package let failure: String?

        package init(name: String, failure: String?) {
            self.name = name
            self.failure = failure
        }
    }

    /// A server to which the process sends, and how the last exchanges with it ended.
    package struct Peer: Sendable, Equatable, Encodable {
        let name: String
        /// Its condition, such as `well` or `open`.
        let condition: String
        let reason: String?
        /// The seconds since something was taken; nil where nothing was since the start.
        let secondsSinceSuccess: Int?
        /// The seconds since an exchange failed; nil where none did since the start.
        let secondsSinceFailure: Int?
        /// The last failure in the peer's words or libcurl's.
        let lastFailure: String?

        enum CodingKeys: String, CodingKey {
            case name, condition, reason
            case secondsSinceSuccess = "seconds_since_success"
            case secondsSinceFailure = "seconds_since_failure"
            case lastFailure = "last_failure"
        }

        package init(
            name: String, condition: String, reason: String? = nil, secondsSinceSuccess: Int? = nil,
            secondsSinceFailure: Int? = nil, lastFailure: String? = nil
        ) {
            self.name = name
            self.condition = condition
            self.reason = reason
            self.secondsSinceSuccess = secondsSinceSuccess
            self.secondsSinceFailure = secondsSinceFailure
            self.lastFailure = lastFailure
        }
    }

    package var peers: [Peer] { lookAtPeers() }

    /// Warnings that somebody should look at; the process is ready all the same.
    package var notes: [CheckResult] { takeNotes() }

    /// Makes the process not ready from now on, so that no new work is sent to it while it finishes the old.
    package func beginDraining() {
        isDraining.withLock { $0 = true }
    }

    /// The results of all checks, made now and at the same time, in the order given; draining comes last.
    package func results() async -> [CheckResult] {
        let results = await withTaskGroup(of: (Int, CheckResult).self) { group in
            for (index, check) in checks.enumerated() {
                group.addTask { (index, await check.result()) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let draining = isDraining.withLock { $0 }
        return results.sorted { $0.0 < $1.0 }.map(\.1)
            + [CheckResult(name: "not_draining", failure: draining ? "the process is stopping" : nil)]
    }
}
