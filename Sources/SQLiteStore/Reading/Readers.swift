import GatewayCore
import Synchronization

/// A few connections that read, beside each other and beside the writer. A read waits while all of them are busy.
final class Readers: Sendable {
    private typealias Work = @Sendable (Connection) -> Void

    private struct State {
        var idle: [ConnectionThread]
        var waiting: [Work] = []
        var isClosed = false
    }

    private let threads: [ConnectionThread]
    private let state: Mutex<State>

    init(_ threads: [ConnectionThread]) {
        self.threads = threads
        state = Mutex(State(idle: threads))
    }

    /// What `body` makes of the database.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Snapshot) throws(SQLiteError) -> Value
    ) async throws(StoreFailure) -> Value {
        let result: Result<Value, StoreFailure> = await withCheckedContinuation { continuation in
            let isTaken = post { connection in
                do throws(SQLiteError) {
                    continuation.resume(returning: .success(try body(Snapshot(connection: connection))))
                } catch {
                    continuation.resume(returning: .failure(StoreFailure(error)))
                }
            }
            if !isTaken { continuation.resume(returning: .failure(.closed)) }
        }
        return try result.get()
    }

    /// Takes no more reads, ends those it has and closes the connections.
    func close() async {
        state.withLock { $0.isClosed = true }
        for thread in threads { await thread.close() }
    }

    private func post(_ work: @escaping Work) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            if let thread = state.idle.popLast() {
                // With the lock held, so that closing comes after it.
                start(work, on: thread)
            } else {
                state.waiting.append(work)
            }
            return true
        }
    }

    /// Does the work and then all that waits.
    private func start(_ work: @escaping Work, on thread: ConnectionThread) {
        thread.perform { connection in
            var next: Work? = work
            while let work = next {
                work(connection)
                next = self.nextWork(freeing: thread)
            }
        }
    }

    private func nextWork(freeing thread: ConnectionThread) -> Work? {
        state.withLock { state in
            if state.waiting.isEmpty {
                state.idle.append(thread)
                return nil
            }
            return state.waiting.removeFirst()
        }
    }
}
