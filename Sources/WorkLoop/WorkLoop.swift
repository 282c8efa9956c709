package import FoundationEssentials
package import GatewayCore
import ServiceLifecycle
import Synchronization

/// Takes work from the store as it comes due and keeps a bounded number of items going.
///
/// After a look that finds nothing it sleeps until the signal, the end of an item, or the time of the next look.
package struct WorkLoop<Item: Sendable & Identifiable>: Sendable where Item.ID: Sendable {
    private let signal: Signal
    private let clock: any DomainClock

    package init(signal: Signal, clock: any DomainClock) {
        self.signal = signal
        self.clock = clock
    }

    /// What one look into the store found.
    package struct Found: Sendable {
        package var items: [Item]
        /// When to look again at the latest, if nothing was found.
        package var nextLook: Date

        package init(_ items: [Item], nextLook: Date) {
            self.items = items
            self.nextLook = nextLook
        }
    }

    /// Returns when the gateway is stopping, or `look` says that there is no more to do, and all items that were begun
    /// have ended.
    ///
    /// - Parameters:
    ///   - look: gets the identifiers of the items that are going on, must not find one of those again, and must keep
    ///     the limit. Nil ends the loop.
    ///   - perform: does one item, and handles its errors itself.
    package func run(
        look: (_ ongoing: Set<Item.ID>) async -> Found?, perform: @escaping @Sendable (Item) async -> Void
    ) async {
        await run(look: look) { item, _ in await perform(item) }
    }

    /// Does the same for items that count as ended before they are.
    ///
    /// - Parameter perform: gets a function to call when the item no longer counts as going on, although it is not
    ///   done; the loop still waits for it. An item that does not call it counts until it ends.
    package func run(
        look: (_ ongoing: Set<Item.ID>) async -> Found?,
        perform: @escaping @Sendable (Item, _ makeRoom: @escaping @Sendable () -> Void) async -> Void
    ) async {
        let ongoing = Ongoing<Item.ID>()
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                while !Task.isShuttingDownGracefully, !Task.isCancelled, let found = await look(ongoing.ids) {
                    for item in found.items {
                        let number = ongoing.begin(item.id)
                        let makeRoom: @Sendable () -> Void = { [signal] in
                            if ongoing.end(item.id, number) { signal.raise() }
                        }
                        group.addTask {
                            await perform(item, makeRoom)
                            makeRoom()
                        }
                    }
                    if found.items.isEmpty { await signal.wait(until: found.nextLook, clock: clock) }
                }
            }
        } onGracefulShutdown: {
            signal.raise()
        }
    }
}

/// The items that have begun and not ended.
private final class Ongoing<ID: Hashable & Sendable>: Sendable {
    private struct State {
        /// The number that each item was given.
        var members: [ID: Int] = [:]
        var lastNumber = 0
    }

    private let state = Mutex(State())

    var ids: Set<ID> { state.withLock { Set($0.members.keys) } }

    func begin(_ id: ID) -> Int {
        state.withLock { state in
            state.lastNumber += 1
            state.members[id] = state.lastNumber
            return state.lastNumber
        }
    }

    /// Removes the item if it has this number; returns whether it had. The same item may have begun again since.
    func end(_ id: ID, _ number: Int) -> Bool {
        state.withLock { state in
            guard state.members[id] == number else { return false }
            state.members[id] = nil
            return true
        }
    }
}
