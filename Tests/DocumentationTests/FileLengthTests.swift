import Testing

@Suite("Files are short")
struct FileLengthTests {
    private static let lengths: [(path: String, lines: Int)] = Sources.paths.compactMap { path in
        (try? Page(path)).map { (path, $0.text.utf8.count { $0 == UInt8(ascii: "\n") }) }
    }

    @Test("none has more than 250 lines, be it of the sources or of the tests")
    func longest() {
        let long = Self.lengths.filter { $0.lines > 250 }

        #expect(long.map(\.path).sorted() == [])
    }

    @Test("half of the sources have fewer than 80")
    func median() {
        let sorted = Self.lengths.filter { $0.path.hasPrefix("Sources/") }.map(\.lines).sorted()

        #expect(sorted.count > 500)
        #expect(sorted[sorted.count / 2] < 80)
    }
}
