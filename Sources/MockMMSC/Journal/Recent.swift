/// The newest elements, up to a limit: a ring that begins to overwrite when it is full.
struct Recent<Element: Sendable>: Sendable {
    private var ring: [Element] = []
    private var oldest = 0
    private let limit: Int

    init(limit: Int) {
        precondition(limit > 0, "a ring holds at least one element")
        self.limit = limit
    }

    /// The oldest first.
    var elements: [Element] { Array(ring[oldest...] + ring[..<oldest]) }

    /// Adds an element and returns the one that was dropped for it.
    @discardableResult
    mutating func append(_ element: Element) -> Element? {
        guard ring.count == limit else {
            ring.append(element)
            return nil
        }
        let gone = ring[oldest]
        ring[oldest] = element
        oldest = (oldest + 1) % limit
        return gone
    }
}
