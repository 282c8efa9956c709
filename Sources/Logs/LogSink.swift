import Glibc
import Synchronization

/// Where lines are written: a descriptor that may be a file, a terminal, or a pipe whose reader has stopped.
///
/// A line is written by the thread that logs it, so that none is missing after a crash. Nobody waits for anybody else:
/// while a line is being written, or where the reader takes nothing, lines wait in memory, and what finds no room there is
/// counted. Whoever has written its own line writes a few of those that came meanwhile; where more are left, or the reader
/// has stopped, a thread of the log's own does it.
package final class LogSink: Sendable {
    /// Writes as the system does: returns how many bytes were taken, or -1 with `errno`.
    package typealias Write = @Sendable (Int32, UnsafeRawPointer, Int) -> Int

    private let descriptor: Int32
    private let lineAboutLoss: @Sendable (Int) -> [UInt8]
    private let write: Write
    /// Whether a write may wait for somebody although it was said not to: a terminal that is paused.
    private let mayWait: Bool
    private let state: Mutex<LogQueue>
    /// How many lines the thread that logs one writes of others.
    private static let errand = 16

    /// - Parameters:
    ///   - roomBytes: for lines that wait.
    ///   - lineAboutLoss: says how many lines were lost.
    package init(
        descriptor: Int32 = STDERR_FILENO, roomBytes: Int = 1 << 20, write: @escaping Write = Glibc.write,
        lineAboutLoss: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.descriptor = descriptor
        self.lineAboutLoss = lineAboutLoss
        self.write = write
        mayWait = isatty(descriptor) == 1
        state = Mutex(LogQueue(roomBytes: roomBytes))
    }

    /// - Parameter line: with its end, at most `LogLine.limit` bytes.
    func write(_ line: [UInt8]) {
        let isOurs = state.withLock { queue in
            queue.add(line)
            return queue.begin()
        }
        guard isOurs, mayWait || !writesWaiting(atMost: Self.errand) else { return }
        let hasBegun = LogThread.start { [self] in
            repeat { waitForReader() } while !writesWaiting(atMost: .max)
        }
        // The next line tries again.
        if !hasBegun { state.withLock { $0.isBeingWritten = false } }
    }

    /// Waits until all is written, for a while: to be called before the process ends.
    package func flush(withinMilliseconds limit: Int32) {
        var rest = limit
        while rest > 0 {
            let (isEmpty, isOurs) = state.withLock { queue in (queue.isEmpty, !queue.isEmpty && queue.begin()) }
            if isEmpty { return }
            if isOurs {
                if writesWaiting(atMost: .max) { return }
                state.withLock { $0.isBeingWritten = false }
            }
            _ = poll(nil, 0, 10)
            rest -= 10
        }
    }

    /// Writes what waits as long as the reader takes it; true when nothing is left, and the next line is anybody's to
    /// write.
    private func writesWaiting(atMost limit: Int) -> Bool {
        var count = 0
        while count < limit {
            guard let piece = state.withLock({ $0.next(orLoss: lineAboutLoss) }) else { return true }
            let taken = put(piece.bytes)
            state.withLock { $0.conclude(piece, taken: taken) }
            guard taken == piece.bytes.count || taken == nil else { return false }
            count += 1
        }
        return false
    }

    /// How many bytes were written without waiting for anybody: 0 where the reader takes nothing now; nil where it will
    /// take none of these: the disk is full, or the reader is gone.
    private func put(_ bytes: [UInt8]) -> Int? {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&entry, 1, 0) > 0 else { return 0 }
        while true {
            let count = write(descriptor, bytes, bytes.count)
            guard count < 0 else { return count }
            switch errno {
            case EINTR: continue
            case EAGAIN: return 0
            default: return nil
            }
        }
    }

    /// Other than the reader, nothing ends this wait. A reader that takes a byte at a time is not asked all the time.
    private func waitForReader() {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&entry, 1, -1)
        if !mayWait { _ = poll(nil, 0, 1) }
    }
}
