import Synchronization

/// Whether the process can do its work now: every part that has to be able says so for itself.
package final class Readiness: Sendable {
    private let checks: [Check]
    private let takeNotes: @Sendable () -> [Finding]
    private let isDraining = Mutex(false)

    /// - Parameter notes: what somebody should look at though work is done all the same, each with its reason.
    package init(_ checks: [Check] = [], notes: @escaping @Sendable () -> [Finding] = { [] }) {
        self.checks = checks
        takeNotes = notes
    }

    /// One thing that has to be possible, as "a commit in the store".
    package struct Check: Sendable {
        package let name: String
        let pass: @Sendable () async throws -> Void

        /// - Parameter pass: returns when it is possible, throws why not otherwise.
        package init(_ name: String, pass: @escaping @Sendable () async throws -> Void) {
            self.name = name
            self.pass = pass
        }
    }

    /// What came of a check.
    package struct Finding: Sendable, Equatable {
        package let name: String
        /// nil when it passed.
        package let failure: String?

        package init(name: String, failure: String?) {
            self.name = name
            self.failure = failure
        }
    }

    /// What somebody should look at; the process is ready all the same.
    package var notes: [Finding] { takeNotes() }

    /// From now on the process is not ready, so that no new work is sent its way while the old is finished.
    package func beginDraining() {
        isDraining.withLock { $0 = true }
    }

    /// Every check made now, all at once, in the order given; draining comes last.
    package func findings() async -> [Finding] {
        let results = await withTaskGroup(of: (Int, Finding).self) { group in
            for (place, check) in checks.enumerated() {
                group.addTask { (place, await Self.finding(of: check)) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let draining = isDraining.withLock { $0 }
        return results.sorted { $0.0 < $1.0 }.map(\.1)
            + [Finding(name: "not_draining", failure: draining ? "the process is stopping" : nil)]
    }

    private static func finding(of check: Check) async -> Finding {
        do {
            try await check.pass()
            return Finding(name: check.name, failure: nil)
        } catch {
            return Finding(name: check.name, failure: "\(error)")
        }
    }
}
