import Glibc
import Synchronization
import Testing

@testable import Logs

@Suite("Where lines are written", .timeLimit(.minutes(1)))
struct LogSinkTests {
    /// Takes what it is told to, in the place of the system.
    private final class Reader: Sendable {
        let seen = Mutex<[UInt8]>([])
        /// How many bytes each write takes, -1 for a full disk; the rest take all.
        let answers: Mutex<[Int]>

        init(taking answers: [Int] = []) { self.answers = Mutex(answers) }

        var text: String { seen.withLock { String(decoding: $0, as: UTF8.self) } }

        func take(_ bytes: UnsafeRawPointer, _ count: Int) -> Int {
            let answer = answers.withLock { $0.isEmpty ? count : min($0.removeFirst(), count) }
            guard answer >= 0 else {
                errno = ENOSPC
                return -1
            }
            seen.withLock { $0 += UnsafeRawBufferPointer(start: bytes, count: answer) }
            return answer
        }
    }

    /// A descriptor that is always ready.
    private static func withSink(writing write: @escaping LogSink.Write, _ body: (LogSink) throws -> Void) throws {
        let null = open("/dev/null", O_WRONLY)
        try #require(null >= 0)
        defer { close(null) }
        try body(LogSink(descriptor: null, roomBytes: 1000, write: write) { Array("lost \($0)\n".utf8) })
    }

    @Test("a line that is taken in pieces is whole, before the next")
    func pieces() throws {
        let reader = Reader(taking: [3, 0, 1])
        let write: LogSink.Write = { reader.take($1, $2) }
        try Self.withSink(writing: write) { sink in
            sink.write(Array("one line\n".utf8))
            sink.write(Array("another\n".utf8))
            sink.flush(withinMilliseconds: 10_000)
        }

        #expect(reader.text == "one line\nanother\n")
    }

    @Test("a line that is cut by a full disk has an end before the next, and is counted")
    func cut() throws {
        let reader = Reader(taking: [3, -1])
        let write: LogSink.Write = { reader.take($1, $2) }
        try Self.withSink(writing: write) { sink in
            sink.write(Array("one line\n".utf8))
            sink.flush(withinMilliseconds: 10_000)
            sink.write(Array("another\n".utf8))
            sink.flush(withinMilliseconds: 10_000)
        }

        #expect(reader.text == "one\nanother\nlost 1\n")
    }

    @Test("a write that takes long holds up nobody else, and what finds no room is counted")
    func slow() throws {
        let reader = Reader()
        let (hasBegun, mayEnd) = (Gate(), Gate())
        let write: LogSink.Write = { _, bytes, count in
            hasBegun.open()
            mayEnd.wait()
            return reader.take(bytes, count)
        }
        try Self.withSink(writing: write) { sink in
            #expect(LogThread.start { sink.write(Array("first\n".utf8)) })
            hasBegun.wait()
            // Each of these would wait for the first.
            for number in 0..<300 { sink.write(Array("line \(number)\n".utf8)) }
            #expect(reader.text == "")
            mayEnd.open()
            sink.flush(withinMilliseconds: 10_000)
        }

        let lines = reader.text.split(separator: "\n")
        let kept = lines.count - 2
        #expect(lines.first == "first")
        #expect((50..<300).contains(kept))
        #expect(Array(lines.dropFirst().dropLast()) == (0..<kept).map { "line \($0)" })
        #expect(lines.last == "lost \(300 - kept)")
    }

    /// Lets everybody through once it is open.
    private final class Gate: Sendable {
        private let isOpen = Atomic<Bool>(false)

        func open() { isOpen.store(true, ordering: .sequentiallyConsistent) }

        func wait() { while !isOpen.load(ordering: .sequentiallyConsistent) { sched_yield() } }
    }
}
