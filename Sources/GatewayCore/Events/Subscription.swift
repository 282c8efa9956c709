/// What of a batch its customer is notified of, and where.
package struct Subscription: Sendable, Equatable {
    /// The owner's number in the store.
    package let owner: Int
    package let interest: Interest
    /// The target that the batch names; empty where it names none.
    package let target: String

    package init(owner: Int, interest: Interest = [], target: String = "") {
        self.owner = owner
        self.interest = interest
        self.target = target
    }
}

extension Batch {
    /// The target that the batch names: the server of its own callback address; empty where it has none.
    package var target: String { order.callbackURL.map { WebServer(of: $0).description } ?? "" }
}
