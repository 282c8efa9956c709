import Foundation

/// Work that waits in system calls, each on a thread of its own.
enum Threads {
    /// Returns when all have ended.
    static func run(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                group.addTask {
                    await withCheckedContinuation { continuation in
                        Thread.detachNewThread {
                            work(number)
                            continuation.resume()
                        }
                    }
                }
            }
        }
    }
}
