import NIOHTTP2

/// What the streams of one connection of HTTP/2 do together, in the terms in which connections are counted: it is busy
/// while the gateway has to answer one of them, and silent while it waits for the peer in all of them, or while the peer
/// does not take an answer. Used on the connection's event loop alone.
final class StreamTally {
    private let entry: Connections.Entry
    private var busy = 0
    private var waiting = 0
    private var heldBytes = 0
    private var isBusy = false
    /// Streams that are open.
    private(set) var open = 0
    /// What the peer may send.
    var account = FrameAccount()

    init(_ entry: Connections.Entry) {
        self.entry = entry
    }

    /// False where all listeners' requests under way, or those of the address, are as many as they may be. The place is
    /// given back by who handles the request.
    func begins() -> Bool {
        guard entry.beginsStream() else {
            account.spend(FrameAccount.perRefusal)
            return false
        }
        open += 1
        return true
    }

    func ends() { open -= 1 }

    /// - Parameters:
    ///   - busy: requests that are whole and not answered yet: one more, or one fewer.
    ///   - waiting: answers that the peer does not take at the moment: one more, or one fewer.
    func changes(busy more: Int = 0, waiting others: Int = 0) {
        busy += more
        waiting += others
        let isBusyNow = busy > 0 && waiting == 0
        guard isBusyNow != isBusy else { return }
        isBusy = isBusyNow
        if isBusyNow { entry.becomesBusy() } else { entry.becomesSilent() }
    }

    /// So many octets of answers more were written and not taken, or fewer.
    func holds(_ more: Int) {
        guard more != 0 else { return }
        entry.holds(heldBytes + more, since: heldBytes)
        heldBytes += more
    }
}

extension StreamTally: NIOHTTP2FrameDelegate {
    func wroteFrame(_ frame: HTTP2Frame) {
        switch frame.payload {
        case .headers, .data: account.earn()
        default: break
        }
    }
}
