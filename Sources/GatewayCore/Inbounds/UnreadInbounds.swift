package import FoundationEssentials

/// What handsets sent to apps, until the app's API has read it: it finds out with whom the app speaks there and what the
/// message answers, and only then is the app notified. Until then it is not removed for its age.
package protocol UnreadInbounds: Sendable {
    /// Inbound messages that are still to be read, apps in turns, the oldest of each first.
    ///
    /// - Parameter excluded: apps that are left out for now.
    func unreadInbounds(limit: Int, except excluded: Set<Owner>) async throws(StoreFailure) -> [Inbound]
    /// Records what was read of a message and notifies its app, in one commit.
    ///
    /// - Returns: false where it has been read before, or is no longer there.
    func record(_ reading: InboundReading, of inbound: Inbound.ID, now: Date) async throws(StoreFailure) -> Bool
}

/// What an app's API made of a message that a handset sent.
package struct InboundReading: Sendable, Equatable {
    /// What the API gives back of it.
    package let echo: Echo
    /// What lists show.
    package let entries: [AppMessageEntry]
    /// Where the app is notified; empty for nowhere.
    package let targets: [String]

    package init(echo: Echo, entries: [AppMessageEntry], targets: [String]) {
        self.echo = echo
        self.entries = entries
        self.targets = targets
    }
}
