package import FoundationEssentials
package import GatewayCore

/// A value for a parameter of a statement.
package enum SQLValue: Sendable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])

    package static func text(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }

    package static func text(_ text: PeerText?) -> SQLValue { text.map { .text($0.description) } ?? .null }

    package static func integer(_ number: Int?) -> SQLValue { number.map { .integer(Int64($0)) } ?? .null }

    package static func flag(_ flag: Bool?) -> SQLValue { flag.map { .integer($0 ? 1 : 0) } ?? .null }

    /// UTC milliseconds.
    package static func time(_ time: Date?) -> SQLValue { time.map { .integer($0.milliseconds) } ?? .null }

    package static func id(_ id: ULID) -> SQLValue { .text(id.description) }
}

/// The parameters of a statement by name, colon included, each exactly once.
package struct Bindings: Sendable, ExpressibleByDictionaryLiteral {
    private var pairs: [(name: StaticString, value: SQLValue)]

    package init(dictionaryLiteral pairs: (StaticString, SQLValue)...) {
        self.pairs = pairs.map { (name: $0.0, value: $0.1) }
    }

    /// - Parameter pairs: for a statement that is made while the program runs.
    package init(_ pairs: [(name: StaticString, value: SQLValue)]) {
        self.pairs = pairs
    }

    package var count: Int { pairs.count }

    package subscript(index: Int) -> (name: StaticString, value: SQLValue) { pairs[index] }

    package func with(_ others: Bindings) -> Bindings {
        var all = self
        all.pairs += others.pairs
        return all
    }
}
