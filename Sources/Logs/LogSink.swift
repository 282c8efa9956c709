import Glibc
import Synchronization

/// Where lines are written: a descriptor that may be a file, a terminal, or a pipe whose reader has stopped.
///
/// A line is written by the thread that logs it, in one piece, so that none is missing after a crash. Where the reader
/// takes nothing, nobody waits for it: lines wait in memory, a thread writes them once it reads on, and what finds no room
/// is counted.
package final class LogSink: Sendable {
    private struct State {
        var waiting: [[UInt8]] = []
        var waitingBytes = 0
        var lost = 0
        /// Whether a thread waits for the reader.
        var isDraining = false
    }

    private let descriptor: Int32
    private let roomBytes: Int
    private let lineAboutLoss: @Sendable (Int) -> [UInt8]
    private let state = Mutex(State())

    /// - Parameters:
    ///   - roomBytes: for lines that wait.
    ///   - lineAboutLoss: says how many lines were lost.
    package init(
        descriptor: Int32 = STDERR_FILENO, roomBytes: Int = 1 << 20,
        lineAboutLoss: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.descriptor = descriptor
        self.roomBytes = roomBytes
        self.lineAboutLoss = lineAboutLoss
    }

    /// - Parameter line: with its end, at most `LogLine.limit` bytes.
    func write(_ line: [UInt8]) {
        let mustDrain = state.withLock { state in
            if state.waiting.isEmpty, put(line, &state) { return false }
            if state.waitingBytes + line.count <= roomBytes {
                state.waiting.append(line)
                state.waitingBytes += line.count
            } else {
                state.lost += 1
            }
            defer { state.isDraining = true }
            return !state.isDraining
        }
        if mustDrain { drainOnThread() }
    }

    /// Waits until all is written, for a while: to be called before the process ends.
    package func flush(withinMilliseconds limit: Int32) {
        var rest = limit
        while rest > 0, !writesWaiting() {
            _ = waits(10)
            rest -= 10
        }
    }

    /// Writes lines that wait as long as the reader takes them; true when none is left.
    @discardableResult
    private func writesWaiting() -> Bool {
        state.withLock { state in
            var written = 0
            while written < state.waiting.count, put(state.waiting[written], &state) { written += 1 }
            state.waitingBytes -= state.waiting[..<written].reduce(0) { $0 + $1.count }
            state.waiting.removeFirst(written)
            guard state.waiting.isEmpty else { return false }
            if state.lost > 0, put(lineAboutLoss(state.lost), &state) { state.lost = 0 }
            return state.lost == 0
        }
    }

    private func drainOnThread() {
        let hasBegun = LogThread.start { [self] in
            repeat {
                // Other than the reader's pause, nothing ends this wait.
                _ = waits(-1)
                writesWaiting()
            } while !ends()
        }
        // The next line tries again.
        if !hasBegun { state.withLock { $0.isDraining = false } }
    }

    private func ends() -> Bool {
        state.withLock { state in
            guard state.waiting.isEmpty, state.lost == 0 else { return false }
            state.isDraining = false
            return true
        }
    }

    /// Waits until the descriptor takes a line; false when it does not in that time, -1 for any time.
    private func waits(_ milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&entry, 1, milliseconds) > 0
    }

    /// Writes the line where that waits for nobody; false where the reader takes nothing now.
    private func put(_ line: [UInt8], _ state: inout State) -> Bool {
        guard waits(0) else { return false }
        while true {
            let count = Glibc.write(descriptor, line, line.count)
            guard count < 0 else { return true }
            switch errno {
            case EINTR: continue
            case EAGAIN: return false
            // The disk is full, or the reader is gone: nobody can be informed, and later lines may fit.
            default: return true
            }
        }
    }
}
