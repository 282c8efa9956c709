/// Collects what a reader did not understand. Notes name elements and headers, never values, and their number is
/// limited.
struct ReadingNotes {
    private(set) var lines: [String] = []
    /// How XML that could not be read as it came was repaired.
    private(set) var repair: String?

    private static let limit = 16

    mutating func add(_ line: @autoclosure () -> String) {
        guard lines.count < Self.limit else { return }
        lines.append(line())
    }

    mutating func repaired(_ line: String) {
        repair = repair ?? line
        add(line)
    }

    /// Notes an element that belongs to no known form of its parent.
    mutating func unknown(_ name: String, in parent: StaticString) {
        add("unknown element \(name.cut(to: 48)) in \(parent)")
    }
}
