import Testing

@testable import ConfigurationReading

@Suite("Durations, sizes and words that were meant")
struct ValueFormTests {
    @Test(
        "durations",
        arguments: [
            ("5s", .seconds(5)), ("250ms", .milliseconds(250)), ("2m", .seconds(120)), ("1h", .seconds(3600)),
            ("3d", .seconds(259_200)), ("0s", .zero), ("81920s", .seconds(81920)), ("", nil), ("5", nil), ("s", nil),
            ("-5s", nil), ("1.5s", nil), ("5 s", nil), ("5S", nil), ("5w", nil), ("٥s", nil),
            ("99999999999999999999s", nil), ("9223372036854775807d", nil),
        ] as [(String, Duration?)])
    func durations(text: String, expected: Duration?) {
        #expect(Duration(text: text) == expected)
    }

    @Test("a duration prints in its longest unit", arguments: ["250ms", "81920s", "1m", "90s", "36h", "3d", "0s"])
    func printedDurations(text: String) {
        #expect(Duration(text: text)?.text == text)
    }

    @Test(
        "sizes",
        arguments: [
            ("600kB", 600_000), ("1MB", 1_000_000), ("10MiB", 10_485_760), ("1KiB", 1024), ("2GB", 2_000_000_000),
            ("1GiB", 1 << 30), ("17", 17), ("17B", 17), ("", nil), ("MB", nil), ("1mb", nil), ("1.5MB", nil),
            ("1 MB", nil), ("-1", nil), ("9223372036854775807kB", nil),
        ] as [(String, Int?)])
    func sizes(text: String, expected: Int?) {
        #expect(ByteSize(text)?.bytes == expected)
    }

    @Test("a size prints in its largest unit", arguments: ["600kB", "1MB", "10MiB", "1023B", "0B", "1GiB"])
    func printedSizes(text: String) {
        #expect(ByteSize(text)?.description == text)
    }

    @Test("a word within two edits is suggested", arguments: [("lisen", "listen"), ("urll", "url"), ("portt", nil)])
    func suggestions(word: String, expected: String?) {
        #expect(Suggestion.nearest(to: word, among: ["listen", "url", "ab"]) == expected)
    }
}
