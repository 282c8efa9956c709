import Foundation
import Glibc
import Synchronization

/// Stands between a store and its server. It cuts all their connections when a commit passes by, or lets nothing pass for
/// a while.
package final class CuttingProxy: Sendable {
    package enum Cut: Sendable {
        /// The server gets the commit, and its answer does not come back.
        case behindCommit
        /// The server never gets it.
        case beforeCommit
    }

    private struct State {
        var cut: Cut?
        /// The servers' sides of connections whose answers come back no more.
        var muted: Set<Int32> = []
    }

    package let port: Int
    private let listener: Int32
    private let target: Int
    private let state = Mutex(State())
    private let gate = Gate()

    package init(to target: Int) throws {
        self.target = target
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        port = try TestServer.bindFree(listener)
        guard listen(listener, 64) == 0 else { throw TestServerFailure("the proxy cannot listen") }
        Thread.detachNewThread { self.accept() }
    }

    deinit { close(listener) }

    /// Cuts at the next commit, once.
    package func cutNext(_ cut: Cut) { state.withLock { $0.cut = cut } }

    /// Lets nothing pass, either way, as a network does that has lost a cable.
    package func holdBack() { gate.isOpen = false }

    /// Lets everything pass again, what was held back first.
    package func letPass() { gate.isOpen = true }

    /// A connection that the other side has closed ends no process.
    private static let quietly = Int32(MSG_NOSIGNAL)

    /// The command and its answer end with a zero.
    private static let commit = "COMMIT\u{0}"

    private func accept() {
        while case let client = Glibc.accept(listener, nil, nil), client >= 0 {
            let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            guard TestServer.connect(server, to: target) else {
                close(client)
                close(server)
                continue
            }
            Thread.detachNewThread { self.pass(from: client, to: server, isFromClient: true) }
            Thread.detachNewThread { self.pass(from: server, to: client, isFromClient: false) }
        }
    }

    private func pass(from source: Int32, to target: Int32, isFromClient: Bool) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = read(source, &buffer, buffer.count), count > 0 {
            gate.wait()
            let bytes = buffer[..<count]
            let cut = isFromClient && bytes.contains(Self.commit) ? state.withLock { $0.cut.take() } : nil
            if cut == .beforeCommit { break }
            if cut == .behindCommit {
                state.withLock { _ = $0.muted.insert(target) }
                shutdown(source, Int32(SHUT_RDWR))
                _ = send(target, Array(bytes), count, Self.quietly)
                return
            }
            if !isFromClient, state.withLock({ $0.muted.contains(source) }) {
                // The server has committed when it says so.
                if bytes.contains(Self.commit) { break }
                continue
            }
            guard send(target, Array(bytes), count, Self.quietly) == count else { break }
        }
        shutdown(source, Int32(SHUT_RDWR))
        shutdown(target, Int32(SHUT_RDWR))
    }
}

extension ArraySlice<UInt8> {
    fileprivate func contains(_ word: String) -> Bool { firstRange(of: Array(word.utf8)) != nil }
}

/// Where threads wait as long as it is closed.
///
/// `@unchecked Sendable`: what changes is guarded by the condition.
private final class Gate: @unchecked Sendable {
    private let condition = NSCondition()
    private var opened = true

    var isOpen: Bool {
        get { condition.withLock { opened } }
        set {
            condition.withLock {
                opened = newValue
                condition.broadcast()
            }
        }
    }

    func wait() {
        condition.withLock { while !opened { condition.wait() } }
    }
}
