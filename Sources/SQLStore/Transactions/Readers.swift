package import GatewayCore
import Synchronization

/// A few connections that read at the same time as each other and as the writer. A read waits while all of them are
/// busy.
///
/// Connections for customers are shared among them: whatever one customer lists, half of the connections are left to
/// the others. A connection that has become free begins the next waiting read at once.
package final class Readers: Sendable {
    private typealias Work = @Sendable (Connection) -> Void

    private struct Waiter {
        /// The customer; nil for the gateway itself.
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
            guard share.freePermits(of: owner, at: owner) > 0 else { return false }
            share.take(for: owner, at: owner)
            return true
        }

        /// Takes the read whose turn it is from those that wait.
        mutating func next() -> Waiter? {
            if !own.isEmpty { return own.removeFirst() }
            return customers.count > 0 ? customers.enter(&share) : nil
        }

        /// Adds a read to those that wait; false where the owner has too many already.
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

    /// The most reads of customers that may wait; one customer may have half of them.
    private static let waitingLimit = 512

    private let threads: [ConnectionThread]
    private let state: Mutex<State>

    package init(_ threads: [ConnectionThread]) {
        self.threads = threads
        state = Mutex(State(idle: threads, share: FairShare(.reads, capacity: threads.count)))
    }

    /// What `body` makes of the database.
    ///
    /// - Parameter owner: the customer that the read is for; nil for the gateway itself. One set of readers serves
    ///   either customers or the gateway.
    /// - Throws: also `.busy`, when too many reads of the customer wait already.
    package func read<Value: Sendable>(
        for owner: Owner? = nil, _ body: @escaping @Sendable (Snapshot) throws(SQLError) -> Value
    ) async throws(StoreFailure) -> Value {
        let result: Result<Value, StoreFailure> = await withCheckedContinuation { continuation in
            let failure = post(for: owner) { connection in
                do throws(SQLError) {
                    continuation.resume(returning: .success(try body(Snapshot(connection: connection))))
                } catch {
                    continuation.resume(returning: .failure(StoreFailure(error)))
                }
            }
            if let failure { continuation.resume(returning: .failure(failure)) }
        }
        return try result.get()
    }

    /// Takes no more reads, finishes those that it has and closes the connections.
    package func close() async {
        state.withLock { $0.isClosed = true }
        for thread in threads { await thread.close() }
    }

    /// - Returns: why the read is not taken; nil when it is.
    private func post(for owner: Owner?, _ work: @escaping Work) -> StoreFailure? {
        state.withLock { state in
            guard !state.isClosed else { return .closed }
            if let thread = state.idle.last, state.mayBegin(for: owner) {
                state.idle.removeLast()
                // Done with the lock held, so that closing comes after it.
                start(Waiter(owner: owner, work: work), on: thread)
                return nil
            }
            guard state.wait(Waiter(owner: owner, work: work)) else {
                return .busy("as many reads of the customer wait as may")
            }
            return nil
        }
    }

    /// Does the read, and then all waiting reads.
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
