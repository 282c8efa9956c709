import Synchronization

/// Written by the loop, read by anyone.
final class Counters: Sendable {
    let requests = Atomic(0)
    let connectionsOpened = Atomic(0)
}
