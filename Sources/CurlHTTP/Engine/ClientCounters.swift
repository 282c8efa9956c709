import Synchronization

/// Written by the loop, read by anyone.
final class ClientCounters: Sendable {
    let requests = Atomic(0)
    let connectionsOpened = Atomic(0)
}
