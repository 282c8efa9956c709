import Testing

@Suite("Files are short")
struct FileLengthTests {
    private static let lengths: [(path: String, lines: Int)] = Sources.paths.filter { $0.hasPrefix("Sources/") }
        .compactMap { path in
            (try? Page(path)).map { (path, $0.text.utf8.count { $0 == UInt8(ascii: "\n") }) }
        }

    @Test("none of the sources has more than 250 lines")
    func longest() {
        #expect(Self.lengths.filter { $0.lines > 250 }.map(\.path) == [])
    }

    @Test("half of them have fewer than 80")
    func median() {
        let sorted = Self.lengths.map(\.lines).sorted()

        #expect(sorted.count > 500)
        #expect(sorted[sorted.count / 2] < 80)
    }
}
