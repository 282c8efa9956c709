package import FoundationEssentials

/// A position in a list that is ordered by time, and by id among equals: behind the entry that it names.
package struct ListCursor: Sendable, Equatable {
    package let time: Date
    package let id: ULID

    package init(time: Date, id: ULID) {
        self.time = time
        self.id = id
    }
}

/// Part of a list that is read from a position on.
package struct ListSlice<Element: Sendable>: Sendable {
    package let elements: [Element]
    /// Where the rest begins; nil where there is none.
    package let next: ListCursor?

    package init(_ elements: [Element], next: ListCursor?) {
        self.elements = elements
        self.next = next
    }
}
