package import FoundationEssentials

/// How far a batch is: what decides whether it may still be replaced, and what cancelling does.
package struct BatchStatus: Sendable, Equatable {
    package let isCanceled: Bool
    package let revision: Int
    /// The time that the customer chose; nil: at once.
    package let beginsAt: Date?
    /// Whether the members of its groups are still to become messages.
    package let isUnexpanded: Bool

    package init(isCanceled: Bool, revision: Int, beginsAt: Date?, isUnexpanded: Bool) {
        self.isCanceled = isCanceled
        self.revision = revision
        self.beginsAt = beginsAt
        self.isUnexpanded = isUnexpanded
    }

    /// Counts of a batch's messages.
    package struct Messages: Sendable, Equatable {
        /// Messages that are queued.
        package let queued: Int
        /// Messages that an MMSC has, had or may have, or was asked to take.
        package let left: Int
        /// All messages of the batch, as far as they were counted.
        package let all: Int

        package init(queued: Int, left: Int, all: Int) {
            self.queued = queued
            self.left = left
            self.all = all
        }

        /// The most messages that are looked at, changed or dropped at once. Only a batch whose groups have become
        /// messages has more.
        package static let limit = 2_000

        /// Nobody counts thousands of messages while others wait: a batch that has them has begun.
        package var haveBegun: Bool { left > 0 || all > Self.limit }
    }

    /// Why the batch may not be replaced by one that was made of a revision of it; nil where it may.
    package func refusal(ofOneMadeFrom revision: Int, messages: Messages) -> ReplaceResult? {
        guard self.revision == revision else { return .outdated }
        guard !isCanceled, !messages.haveBegun, messages.queued > 0 || isUnexpanded else { return .dispatched }
        return nil
    }

    /// What cancelling does to a batch that was not cancelled before.
    package enum Cancelling: Sendable, Equatable {
        /// The batch has not begun: its messages are dropped, and nothing remains to be reported on.
        case dropsMessages
        /// The messages that have not left are withdrawn.
        case withdraws
    }

    /// What cancelling does now. Messages that have left count also when the clock was set back.
    package func cancelling(_ messages: Messages, now: Date) -> Cancelling {
        if let beginsAt, beginsAt > now, !messages.haveBegun { .dropsMessages } else { .withdraws }
    }
}
