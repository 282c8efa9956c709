import Dispatch
import Glibc
import Synchronization

/// Processes and folders of measurements that go on. A command that is interrupted ends and removes them first.
package enum Leftovers {
    private struct Entry {
        let number: Int
        let remove: @Sendable () -> Void
    }

    private struct State {
        var entries: [Entry] = []
        var count = 0
        var sources: [any DispatchSourceSignal] = []
    }

    private static let state = Mutex(State())

    /// - Returns: the number by which it is taken back.
    static func add(_ remove: @escaping @Sendable () -> Void) -> Int {
        state.withLock {
            $0.count += 1
            $0.entries.append(Entry(number: $0.count, remove: remove))
            return $0.count
        }
    }

    /// Does what removes it in the usual way. Who is interrupted meanwhile waits for its end, and does not do it again.
    static func takeBack<Value>(_ number: Int, _ remove: () -> sending Value) -> sending Value {
        state.withLock {
            $0.entries.removeAll { $0.number == number }
            return remove()
        }
    }

    /// Has SIGINT and SIGTERM end this process, when nothing is left of it.
    package static func areRemovedAtSignals() {
        state.withLock {
            guard $0.sources.isEmpty else { return }
            $0.sources = [SIGINT, SIGTERM].map(source)
        }
    }

    private static func source(of signal: Int32) -> any DispatchSourceSignal {
        // Not the main queue: the main thread may wait for a process.
        let source = DispatchSource.makeSignalSource(signal: signal, queue: .global())
        source.setEventHandler {
            state.withLock {
                // The last first: a gateway before its server, both before their folder.
                for entry in $0.entries.reversed() { entry.remove() }
                // Within the lock: nothing is begun any more.
                _exit(128 + signal)
            }
        }
        source.activate()
        return source
    }
}
