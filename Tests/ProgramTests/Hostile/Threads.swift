import Foundation

/// Work that waits in system calls, each on a thread of its own.
enum Threads {
    /// Attackers have machines of their own elsewhere: here they get what the gateway leaves of the processors.
    static func detachAttacker(_ work: @escaping @Sendable () -> Void) {
        Thread.detachNewThread {
            // Of this thread alone, as Linux takes it.
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 15)
            work()
        }
    }

    /// Returns when all have ended.
    static func attack(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) async {
        await run(count, detach: detachAttacker, work)
    }

    /// Returns when all have ended.
    static func run(
        _ count: Int,
        detach: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void = { Thread.detachNewThread($0) },
        _ work: @escaping @Sendable (Int) -> Void
    ) async {
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                group.addTask {
                    await withCheckedContinuation { continuation in
                        detach {
                            work(number)
                            continuation.resume()
                        }
                    }
                }
            }
        }
    }
}
