/// Members of a text batch that mean something to SMS only. They are kept to be echoed.
package struct TextOptions: Sendable, Hashable, Codable {
    package var isFlash: Bool
    package var maxParts: Int?
    package var truncatesConcat: Bool?
    package var fromTON: Int?
    package var fromNPI: Int?

    package init(
        isFlash: Bool = false, maxParts: Int? = nil, truncatesConcat: Bool? = nil, fromTON: Int? = nil,
        fromNPI: Int? = nil
    ) {
        self.isFlash = isFlash
        self.maxParts = maxParts
        self.truncatesConcat = truncatesConcat
        self.fromTON = fromTON
        self.fromNPI = fromNPI
    }
}
