import GatewayCore
import Synchronization

/// A few connections that read, beside each other and beside the writer. A read waits while all of them are busy.
///
/// Those that read for customers are shared among them: whatever one of them lists, half of the connections are left to
/// the others. Who waits is begun by the connection that has just become free, without a step between.
final class Readers: Sendable {
    private typealias Work = @Sendable (Connection) -> Void

    private struct Waiter {
        /// Nil for the gateway itself.
        let owner: Owner?
        let work: Work
    }

    private struct State {
        var idle: [ConnectionThread]
        /// Reads of the gateway itself, in the order in which they came.
        var own: [Waiter] = []
        var customers = FairWaitList<Owner, Owner, Waiter>()
        var share: FairShare<Owner, Owner>
        var isClosed = false

        mutating func mayBegin(for owner: Owner?) -> Bool {
            guard let owner else { return true }
            guard share.room(of: owner, at: owner) > 0 else { return false }
            share.take(for: owner, at: owner)
            return true
        }

        /// The read whose turn it is, taken from those that wait.
        mutating func next() -> Waiter? {
            if !own.isEmpty { return own.removeFirst() }
            return customers.count > 0 ? customers.enter(&share) : nil
        }

        /// False where as many of the owner's reads wait as may.
        mutating func wait(_ waiter: Waiter) -> Bool {
            guard let owner = waiter.owner else {
                own.append(waiter)
                return true
            }
            guard customers.count < Readers.waitingLimit, customers.count(of: owner) < Readers.waitingLimit / 2 else {
                return false
            }
            customers.append(waiter, of: owner, at: owner)
            return true
        }
    }

    /// Reads of customers that wait at most, half of them of one.
    private static let waitingLimit = 512

    private let threads: [ConnectionThread]
    private let state: Mutex<State>

    init(_ threads: [ConnectionThread]) {
        self.threads = threads
        state = Mutex(State(idle: threads, share: FairShare(.reads, capacity: threads.count)))
    }

    /// What `body` makes of the database.
    ///
    /// - Parameter owner: the customer for whom it is read; nil for the gateway itself. One set of readers serves the one
    ///   or the other.
    /// - Throws: also `.busy`, when as many of the customer's reads wait as may.
    func read<Value: Sendable>(
        for owner: Owner? = nil, _ body: @escaping @Sendable (Snapshot) throws(SQLiteError) -> Value
    ) async throws(StoreFailure) -> Value {
        let result: Result<Value, StoreFailure> = await withCheckedContinuation { continuation in
            let failure = post(for: owner) { connection in
                do throws(SQLiteError) {
                    continuation.resume(returning: .success(try body(Snapshot(connection: connection))))
                } catch {
                    continuation.resume(returning: .failure(StoreFailure(error)))
                }
            }
            if let failure { continuation.resume(returning: .failure(failure)) }
        }
        return try result.get()
    }

    /// Takes no more reads, ends those it has and closes the connections.
    func close() async {
        state.withLock { $0.isClosed = true }
        for thread in threads { await thread.close() }
    }

    /// - Returns: why the read is not taken; nil when it is.
    private func post(for owner: Owner?, _ work: @escaping Work) -> StoreFailure? {
        state.withLock { state in
            guard !state.isClosed else { return .closed }
            if let thread = state.idle.last, state.mayBegin(for: owner) {
                state.idle.removeLast()
                // With the lock held, so that closing comes after it.
                start(Waiter(owner: owner, work: work), on: thread)
                return nil
            }
            guard state.wait(Waiter(owner: owner, work: work)) else {
                return .busy("as many reads of the customer wait as may")
            }
            return nil
        }
    }

    /// Does the read and then all that wait.
    private func start(_ first: Waiter, on thread: ConnectionThread) {
        thread.perform { connection in
            var next: Waiter? = first
            while let waiter = next {
                waiter.work(connection)
                next = self.next(after: waiter, freeing: thread)
            }
        }
    }

    private func next(after waiter: Waiter, freeing thread: ConnectionThread) -> Waiter? {
        state.withLock { state in
            if let owner = waiter.owner { state.share.giveBack(of: owner, at: owner, after: .answered) }
            if let next = state.next() { return next }
            state.idle.append(thread)
            return nil
        }
    }
}
