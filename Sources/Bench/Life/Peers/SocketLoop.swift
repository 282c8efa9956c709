import Glibc

/// Whoever has a socket in a `SocketLoop`.
protocol SocketOwner: AnyObject {
    var socket: Int32 { get }
    /// Whether it waits until the socket takes more, and not only for what comes.
    var isWriting: Bool { get }

    /// Called when the socket is ready.
    ///
    /// - Returns: whether the socket stays open.
    func goOn(in loop: SocketLoop) throws -> Bool
}

/// One thread that waits for many sockets by `poll`, and does the rest between two waits: a peer of a measurement is to
/// leave the processors to the gateway.
final class SocketLoop {
    private var polled: [pollfd] = []
    private var owners: [any SocketOwner] = []
    /// Does what is due by then, and says when something is next; nil when nothing is.
    var doDue: (_ now: MonotonicTime) throws -> MonotonicTime? = { _ in nil }

    func add(_ owner: any SocketOwner) {
        owners.append(owner)
        polled.append(pollfd(fd: owner.socket, events: Self.events(of: owner), revents: 0))
    }

    private var isOver = false

    /// Goes on until the process is asked to stop.
    func run() throws {
        add(try StopSignal())
        while !isOver {
            let next = try doDue(.now)
            let code = poll(&polled, nfds_t(polled.count), Self.patience(until: next))
            guard code >= 0 || errno == EINTR else {
                throw BenchFailure("a peer could not wait: \(String(cString: strerror(errno)))")
            }
            if code > 0 { try goOn() }
        }
    }

    fileprivate func stop() { isOver = true }

    private func goOn() throws {
        // From the end, so that whoever is removed or added changes no place that is still to come.
        for index in polled.indices.reversed() {
            let owner = owners[index]
            if polled[index].revents != 0, try !owner.goOn(in: self) {
                close(owner.socket)
                owners.swapAt(index, owners.count - 1)
                polled.swapAt(index, polled.count - 1)
                owners.removeLast()
                polled.removeLast()
                continue
            }
        }
        for index in polled.indices { polled[index].events = Self.events(of: owners[index]) }
    }

    private static func events(of owner: any SocketOwner) -> Int16 {
        Int16(owner.isWriting ? POLLIN | POLLOUT : POLLIN)
    }

    /// In milliseconds, rounded up; -1 for ever.
    private static func patience(until next: MonotonicTime?) -> Int32 {
        guard let next else { return -1 }
        return Int32(clamping: (max(next.nanoseconds - MonotonicTime.now.nanoseconds, 0) + 999_999) / 1_000_000)
    }
}

/// SIGTERM, as something to read. A process that returns from its work leaves behind what it counted of its own lines.
private final class StopSignal: SocketOwner {
    let socket: Int32
    let isWriting = false

    init() throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw BenchFailure("no pipe could be made") }
        (socket, stopPipe) = (ends[0], ends[1])
        signal(SIGTERM) { _ in write(stopPipe, "x", 1) }
    }

    func goOn(in loop: SocketLoop) -> Bool {
        loop.stop()
        return true
    }
}

/// Where the handler of SIGTERM writes to. It is set once, before there is a handler.
nonisolated(unsafe) private var stopPipe: Int32 = -1

/// A time by the machine's steady clock, which is the same in all processes.
struct MonotonicTime: Comparable, Codable {
    let nanoseconds: Int

    static var now: MonotonicTime {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicTime(nanoseconds: time.tv_sec * 1_000_000_000 + time.tv_nsec)
    }

    static func < (first: MonotonicTime, second: MonotonicTime) -> Bool { first.nanoseconds < second.nanoseconds }

    static func + (time: MonotonicTime, duration: Duration) -> MonotonicTime {
        MonotonicTime(nanoseconds: time.nanoseconds + Int(duration / .nanoseconds(1)))
    }

    func duration(to end: MonotonicTime) -> Duration { .nanoseconds(end.nanoseconds - nanoseconds) }
}
