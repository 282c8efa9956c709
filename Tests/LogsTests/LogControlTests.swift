import Glibc
import Logging
import Testing

@testable import Logs

@Suite("The log that an operator may change")
struct LogControlTests {
    /// A pipe whose reader reads when asked to.
    private struct Reader {
        let input: Int32
        let output: Int32

        init() throws {
            var ends: [Int32] = [0, 0]
            try #require(pipe(&ends) == 0)
            (input, output) = (ends[0], ends[1])
        }

        /// What there is to read, once there is something.
        func read() -> String {
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            let count = Glibc.read(input, &buffer, buffer.count)
            return String(decoding: buffer[..<max(count, 0)], as: UTF8.self)
        }

        func close() {
            Glibc.close(input)
            Glibc.close(output)
        }
    }

    @Test("changes level and format of loggers that exist")
    func changes() throws {
        let reader = try Reader()
        defer { reader.close() }
        let control = LogControl(.warning, sink: LogSink(descriptor: reader.output) { _ in [] })
        let logger = control.logger(label: "test")

        logger.info("Unseen")
        logger.warning("Seen", metadata: ["mmsc": "north"])
        control.set(.info, format: .json, access: true)
        logger.info("Seen too", metadata: ["mmsc": "north"])

        let lines = reader.read().split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].hasSuffix(#"Z warning  Seen mmsc="north""#))
        #expect(lines[1].hasSuffix(#""level":"info","msg":"Seen too","mmsc":"north"}"#))
        #expect(control.access)
    }

    @Test("does not wait for a reader that has stopped, keeps what fits, and counts the rest")
    func stuck() throws {
        let reader = try Reader()
        defer { reader.close() }
        let sink = LogSink(descriptor: reader.output, roomBytes: 100_000) { Array("lost \($0)\n".utf8) }
        let control = LogControl(sink: sink)
        let logger = control.logger(label: "test")
        let text = String(repeating: "x", count: 1000)

        // Far more than a pipe and the room hold: it would hang here.
        for number in 0..<400 { logger.info("Line \(number)", metadata: ["text": "\(text)"]) }

        var seen = ""
        while !seen.contains("lost ") { seen += reader.read() }
        let numbers = seen.split(separator: "\n").compactMap { line in
            line.split(separator: " ").drop { $0 != "Line" }.dropFirst().first.flatMap { Int($0) }
        }
        #expect(numbers == Array(0..<numbers.count))
        #expect(numbers.count > 100 && numbers.count < 400)
        #expect(seen.hasSuffix("lost \(400 - numbers.count)\n"))
    }

    @Test("goes on where its reader is gone")
    func gone() throws {
        signal(SIGPIPE, SIG_IGN)
        let reader = try Reader()
        close(reader.input)
        defer { close(reader.output) }
        let control = LogControl(sink: LogSink(descriptor: reader.output) { _ in [] })

        for _ in 0..<10 { control.logger(label: "test").error("Nobody reads this") }
        control.flush()
    }
}
