package import FoundationEssentials
package import GatewayCore
import ServiceLifecycle
import Synchronization

/// Takes work from the store as it comes due and keeps a bounded number of items going.
///
/// It sleeps between a look that finds nothing and the bell, the end of an item, or the time of the next look.
package struct WorkLoop<Item: Sendable & Identifiable>: Sendable where Item.ID: Sendable {
    private let bell: Doorbell
    private let clock: any WallClock

    package init(bell: Doorbell, clock: any WallClock) {
        self.bell = bell
        self.clock = clock
    }

    /// What one look into the store found.
    package struct Found: Sendable {
        package var items: [Item]
        /// When to look again at the latest, should nothing have been found.
        package var nextLook: Date

        package init(_ items: [Item], nextLook: Date) {
            self.items = items
            self.nextLook = nextLook
        }
    }

    /// Returns once the gateway is stopping, or `look` says that there is no more to do, and all that was begun has
    /// ended.
    ///
    /// - Parameters:
    ///   - look: is given the identifiers of what is going on, never finds one of those again, and keeps the bound.
    ///     Nil ends the loop.
    ///   - perform: does one item; errors are its own to handle.
    package func run(
        look: (_ ongoing: Set<Item.ID>) async -> Found?, perform: @escaping @Sendable (Item) async -> Void
    ) async {
        let ongoing = Ongoing<Item.ID>()
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                while !Task.isShuttingDownGracefully, !Task.isCancelled, let found = await look(ongoing.ids) {
                    for item in found.items {
                        ongoing.begin(item.id)
                        group.addTask {
                            await perform(item)
                            ongoing.end(item.id)
                            bell.ring()
                        }
                    }
                    if found.items.isEmpty { await bell.wait(until: found.nextLook, clock: clock) }
                }
            }
        } onGracefulShutdown: {
            bell.ring()
        }
    }
}

/// What has begun and not ended.
private final class Ongoing<ID: Hashable & Sendable>: Sendable {
    private let members = Mutex<Set<ID>>([])

    var ids: Set<ID> { members.withLock { $0 } }
    func begin(_ id: ID) { members.withLock { _ = $0.insert(id) } }
    func end(_ id: ID) { members.withLock { _ = $0.remove(id) } }
}
