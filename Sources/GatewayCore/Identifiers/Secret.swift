/// A value that must not be printed: a token, a password, a key. Only code that sends or compares it calls `reveal`.
package struct Secret: Hashable, Sendable {
    @usableFromInline
    let value: String

    package init(_ value: String) {
        self.value = value
    }

    package func reveal() -> String { value }

    /// Whether the other text is the same, in a time that depends on the lengths alone.
    @inlinable
    package func matches(_ other: some StringProtocol) -> Bool {
        let mine = value.utf8
        var difference = mine.count ^ other.utf8.count
        for (left, right) in zip(mine, other.utf8) { difference |= Int(left ^ right) }
        return difference == 0
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "•••" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
