/// Which part of a list is wanted.
package struct Page: Sendable, Equatable {
    /// From 0.
    package var number: Int
    /// The most entries of a page.
    package var size: Int

    package init(number: Int = 0, size: Int = 30) {
        self.number = number
        self.size = size
    }

    /// Entries before it; the greatest number where the product overflows.
    package var offset: Int {
        let (offset, overflow) = number.multipliedReportingOverflow(by: size)
        return overflow ? .max : offset
    }
}

/// Part of a list, and how long the whole is at the same moment.
package struct Paged<Element: Sendable>: Sendable {
    package let count: Int
    package let elements: [Element]

    package init(count: Int, elements: [Element]) {
        self.count = count
        self.elements = elements
    }
}
