import Synchronization

/// The bells a store rings after a commit that made something due.
package final class WorkSignals: Sendable {
    /// A batch waits for its media.
    package let media = Doorbell()
    /// An event waits to be told.
    package let events = Doorbell()
    private let lanes = Mutex<[String: Doorbell]>([:])

    package init() {}

    /// A message is due at the MMSC.
    package func messages(at mmsc: String) -> Doorbell {
        lanes.withLock { lanes in
            if let bell = lanes[mmsc] { return bell }
            let bell = Doorbell()
            lanes[mmsc] = bell
            return bell
        }
    }
}
