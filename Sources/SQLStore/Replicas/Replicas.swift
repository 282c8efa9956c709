/// What the processes that share a database have agreed upon, for the transactions of one of them. A process that has its
/// database alone needs none of this.
package protocol Replicas: Sendable {
    /// Brings what this process knows of the queue up to date with the commits of the others: the first step of each
    /// transaction that writes.
    func refresh(_ tally: inout QueueTally, on connection: Connection) throws(SQLError)
    /// Writes for the others what the transaction has changed of it: its last step.
    func publish(
        _ tally: inout QueueTally, telling signals: CommitSignals, on connection: Connection
    ) throws(SQLError)

    /// Whether this process has the duty, by its own clock alone. As long as it has, no other can.
    func has(_ duty: Duty) -> Bool
    /// Whether another process was seen to have the duty a moment ago. To ask the database for it would be in vain.
    func isElsewhere(_ duty: Duty) -> Bool
    /// Takes the duty if no living process has it. It is had after the commit, when `committed` names it.
    func take(_ duty: Duty, on connection: Connection) throws(SQLError) -> Bool
    /// Whether a living process has the duty.
    func isHeld(_ duty: Duty, on connection: Connection) throws(SQLError) -> Bool

    /// Tells the others what became due by a commit, and takes up the duties that it gave to this process.
    func committed(_ signals: CommitSignals, taking duties: Set<Duty>)

    /// A transaction could not be made, because the database or the way there is away.
    func couldNotCommit()

    /// The part of what all of them do that this process does.
    var portion: Portion { get }
}

/// One of equal parts of work that is given out by the names of its pieces.
package struct Portion: Sendable, Equatable {
    /// From 0.
    package let number: Int
    package let count: Int

    package static let all = Portion(0, of: 1)

    package init(_ number: Int, of count: Int) {
        (self.number, self.count) = (number, count)
    }
}
