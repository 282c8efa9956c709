import Logging
import Testing

@testable import Logs

@Suite("A line of the log")
struct LogLineTests {
    private static let time = LogTime(seconds: 1_796_048_400, milliseconds: 123)

    private func line(_ format: LogFormat, _ message: String, _ metadata: Logger.Metadata = [:]) -> String {
        String(decoding: format.line(Self.time, .info, message, metadata), as: UTF8.self)
    }

    @Test("has the time in milliseconds, the level, the message, and quoted values by their keys")
    func text() {
        let line = line(.text, "A report was applied", ["mmsc": "north", "count": .stringConvertible(3)])

        #expect(line == "2026-11-30T14:20:00.123Z info     A report was applied count=3 mmsc=\"north\"\n")
    }

    @Test("in JSON is one object, whose members of its own come first")
    func json() {
        let line = line(.json, "A report was applied", ["mmsc": "north", "count": .stringConvertible(3)])

        #expect(
            line == """
                {"time":"2026-11-30T14:20:00.123Z","level":"info","msg":"A report was applied","count":3,"mmsc":"north"}

                """)
    }

    @Test("in JSON keeps metadata of a name that each line has under another")
    func collision() {
        let line = line(.json, "It is late", ["time": "noon", "message": "01JB"])

        #expect(line.hasSuffix(#","msg":"It is late","message":"01JB","time_":"noon"}"# + "\n"))
    }

    @Test("writes lists and objects as JSON does, in both formats", arguments: LogFormat.allCases)
    func nested(format: LogFormat) {
        let line = line(format, "Seen", ["them": ["a", ["b": "c"]]])

        #expect(line.contains(#"["a",{"b":"c"}]"#))
    }

    @Test(
        "is not forged by a value or a message",
        arguments: ["\n", "\r", "\u{1B}[2K", "\u{85}", "\u{2028}", "\u{202E}", "\u{9B}", "\u{7F}", "\0"],
        LogFormat.allCases)
    func forged(end: String, format: LogFormat) {
        let forged = "\(end)2026-11-30T14:20:00.123Z error    Forged \"}"
        let line = line(format, "A peer said \(forged)", ["words": "\(forged)", "key\(end)": "value"])

        #expect(line.unicodeScalars.filter { $0.value < 0x20 } == ["\n"])
        #expect(line.unicodeScalars.allSatisfy { !(0x7F..<0xA0).contains($0.value) && $0 != "\u{2028}" })
        #expect(!line.dropLast().contains(end))
        #expect(line.contains(#"Forged \""#))
    }

    @Test("is cut at the limit of what is written in one piece, and says so", arguments: LogFormat.allCases)
    func long(format: LogFormat) {
        let metadata: Logger.Metadata = [
            "a": "\(String(repeating: "ä", count: 5000))", "b": "north",
            "c": "\(String(repeating: "\u{1}", count: 900))",
        ]

        let line = line(format, "Long", metadata)

        #expect(line.utf8.count <= 4096)
        #expect(line.contains("…\""))
        #expect(line.contains("north"))
        #expect(line.hasSuffix(format == .json ? ",\"cut\":true}\n" : " cut=true\n"))
    }

    @Test(
        "has the time of any day",
        arguments: [
            (0, "1970-01-01T00:00:00.007Z"), (951_782_399, "2000-02-28T23:59:59.007Z"),
            (951_782_400, "2000-02-29T00:00:00.007Z"), (951_868_800, "2000-03-01T00:00:00.007Z"),
            (4_102_444_799, "2099-12-31T23:59:59.007Z"), (-1, "1969-12-31T23:59:59.007Z"),
        ])
    func times(seconds: Int, text: String) {
        #expect(String(decoding: LogTime(seconds: seconds, milliseconds: 7).bytes, as: UTF8.self) == text)
    }
}
