/// Whose messages go next to one MMSC: customers share its permits by a `FairShare`, and so do the kinds of batches of each.
/// What is urgent takes the share of its own customer first, and nothing of anybody else's.
///
/// So a message waits for as many others as there are customers and sizes of batches, not for as many as were there
/// before it; and a customer whose exchanges take longer than others' does not come to have all the permits.
package struct SubmissionShare: Sendable {
    /// A customer's queue of batches of about one size and one urgency.
    package struct Queue: Hashable, Sendable {
        /// The customer's number in the store.
        package let customer: Int
        /// The power of ten in the number of the batch's messages.
        package let magnitude: Int
        /// Whether its messages go before all others of the customer.
        package let isUrgent: Bool

        package init(customer: Int, magnitude: Int, isUrgent: Bool = false) {
            self.customer = customer
            self.magnitude = magnitude
            self.isUrgent = isUrgent
        }
    }

    private var customers: FairShare<Int, Int>
    private var kinds: FairShare<Queue, Queue>

    package init(capacity: Int = .max) {
        customers = FairShare(.submissions, capacity: capacity)
        kinds = FairShare(.submissions, capacity: .max)
    }

    /// The most SubmitReqs in flight.
    package var capacity: Int {
        get { customers.capacity }
        set { customers.capacity = newValue }
    }

    /// How many of the next permits fall to each queue.
    ///
    /// - Parameter waiting: how many messages wait in an urgent queue, by its index; it has no more permits than that,
    ///   and the customer's others have the rest. It is not asked of other queues.
    package func allot(
        _ permits: Int, among queues: [Queue], waiting: (Int) -> Int = { _ in .max }
    ) -> [Int] {
        var counts = [Int](repeating: 0, count: queues.count)
        var queuesByCustomer: [Int: [Int]] = [:]
        for (index, queue) in queues.enumerated() { queuesByCustomer[queue.customer, default: []].append(index) }
        let owners = queuesByCustomer.keys.sorted()
        let shares = customers.allot(permits, among: owners.map { ($0, $0, permits) })
        for (owner, share) in zip(owners, shares) where share > 0 {
            let indices = queuesByCustomer[owner, default: []]
            let urgent = indices.filter { queues[$0].isUrgent }
            let first = kinds.allot(share, among: urgent.map { (queues[$0], queues[$0], min(waiting($0), share)) })
            for (index, part) in zip(urgent, first) { counts[index] = part }
            let (others, rest) = (indices.filter { !queues[$0].isUrgent }, share - first.reduce(0, +))
            let parts = kinds.allot(rest, among: others.map { (queues[$0], queues[$0], rest) })
            for (index, part) in zip(others, parts) { counts[index] = part }
        }
        return counts
    }

    /// A SubmitReq begins.
    package mutating func take(_ queue: Queue) {
        customers.take(for: queue.customer, at: queue.customer)
        kinds.take(for: queue, at: queue)
    }

    /// A SubmitReq has ended. How it ended says something of the MMSC and nothing of the customer.
    package mutating func giveBack(_ queue: Queue) {
        customers.giveBack(of: queue.customer, at: queue.customer, after: .silent)
        kinds.giveBack(of: queue, at: queue, after: .silent)
    }
}
