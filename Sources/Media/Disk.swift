import Dispatch
import GatewayCore
import Glibc
import Synchronization

/// Threads that may wait for the disk, so that the shared threads need not. Their number is bounded: further calls wait
/// in the order in which they came, and somebody awaits each.
///
/// Work that was accepted is done, even if its task is cancelled meanwhile.
final class Disk: Sendable {
    private typealias Work = @Sendable () -> Void

    private struct State {
        var running = 0
        var waiting = WaitList<Work>()
        var lastNumber = 0
    }

    private let queue = DispatchQueue(label: "media library", attributes: .concurrent)
    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: the most calls at a time. A disk does many syncs together in the time of one.
    init(limit: Int = 64) {
        self.limit = limit
    }

    /// Calls that wait for a thread at this moment.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws(DiskFailure) -> Value
    ) async throws(DiskFailure) -> Value {
        let result = await withCheckedContinuation { continuation in
            post { continuation.resume(returning: Result(catching: work)) }
        }
        return try result.get()
    }

    private func post(_ work: @escaping Work) {
        let mayBegin = state.withLock { state in
            guard state.running < limit else {
                state.lastNumber += 1
                state.waiting.append(work, as: state.lastNumber)
                return false
            }
            state.running += 1
            return true
        }
        guard mayBegin else { return }
        queue.async {
            var next: Work? = work
            while let work = next {
                work()
                next = self.next()
            }
        }
    }

    /// The next call for a thread that has just finished one; nil where none waits.
    private func next() -> Work? {
        state.withLock { state in
            if let next = state.waiting.removeFirst(upTo: 1).first { return next }
            state.running -= 1
            return nil
        }
    }
}

/// The disk did not do it.
package struct DiskFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String
    /// The system's `errno`; nil where it is not the system that says so.
    let code: Int32?

    /// A file exists but is not what it should be.
    package init(inDataDirectory words: String) {
        description = words
        code = nil
    }

    /// - Parameter attempt: what was to be done, as it follows "could not".
    package init(_ attempt: String, errno code: Int32 = errno) {
        description = "could not \(attempt) in the data directory: \(DiskRefusal(errno: code))"
        self.code = code
    }

    /// The same failure, after another place was asked in vain.
    init(_ failure: DiskFailure, beside words: String) {
        description = "\(failure); \(words)"
        code = failure.code
    }
}
