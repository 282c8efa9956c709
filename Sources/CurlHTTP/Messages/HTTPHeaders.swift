/// Header fields in their order; names compare without regard to case.
package struct HTTPHeaders: Sendable {
    package typealias Element = (name: String, value: String)

    private var fields: [Element] = []

    package init() {}

    /// The value of the first field of that name.
    package func first(named name: String) -> String? {
        fields.first { Self.isSame($0.name, name) }?.value
    }

    /// The values of all fields of that name, in their order.
    package func all(named name: String) -> [String] {
        fields.filter { Self.isSame($0.name, name) }.map(\.value)
    }

    /// Adds a field after the others, even if there is one of that name.
    package mutating func append(name: String, value: String) {
        fields.append((name, value))
    }

    static func isSame(_ one: String, _ other: String) -> Bool {
        let (one, other) = (one.utf8, other.utf8)
        return one.count == other.count && zip(one, other).allSatisfy { lowercased($0) == lowercased($1) }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A") <= byte && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}

extension HTTPHeaders: RandomAccessCollection, RangeReplaceableCollection {
    package var startIndex: Int { fields.startIndex }
    package var endIndex: Int { fields.endIndex }

    package subscript(position: Int) -> Element {
        fields[position]
    }

    package mutating func replaceSubrange(_ range: Range<Int>, with elements: some Collection<Element>) {
        fields.replaceSubrange(range, with: elements)
    }
}

extension HTTPHeaders: Equatable {
    package static func == (one: Self, other: Self) -> Bool {
        one.elementsEqual(other) { isSame($0.name, $1.name) && $0.value == $1.value }
    }
}

extension HTTPHeaders: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    package init(arrayLiteral elements: Element...) {
        fields = elements
    }

    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { (name: $0, value: $1) }
    }
}
