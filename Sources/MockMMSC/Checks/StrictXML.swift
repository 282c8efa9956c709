import MM7

/// A strict reader of our own for the XML that machines write.
///
/// The reader of `MM7` is lenient, because real MMSCs need that, so a strict MMSC has to judge messages without it. It
/// takes no document types, no entities except the five of XML, and no processing instructions.
struct StrictXML {
    private let bytes: ArraySlice<UInt8>
    private var index: Int

    private static let deepest = 16

    /// Reads one document.
    ///
    /// - Throws: a validation error that names what is wrong.
    static func read(_ bytes: ArraySlice<UInt8>) throws(Violation) -> StrictElement {
        var reader = StrictXML(bytes)
        reader.skipDeclaration()
        try reader.skipMisc()
        let root = try reader.element(scope: [:], depth: 1)
        try reader.skipMisc()
        guard reader.index == bytes.endIndex else { throw wrong("there is something behind the root element") }
        return root
    }

    private init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    private mutating func element(scope: [String: String], depth: Int) throws(Violation) -> StrictElement {
        guard depth <= Self.deepest else { throw Self.wrong("elements are nested deeper than \(Self.deepest)") }
        guard skip("<") else { throw Self.wrong("an element is missing") }
        let tag = try name()
        var scope = scope
        var written: [(name: String, value: String)] = []
        while try skipSpaceBeforeAttribute() {
            let attribute = (name: try name(), value: try attributeValue())
            guard !written.contains(where: { $0.name == attribute.name }) else {
                throw Self.wrong("an attribute of \(tag) is repeated")
            }
            if attribute.name == "xmlns" {
                // An empty name removes the default namespace. (Namespaces in XML 1.0, 6.2)
                scope[""] = attribute.value.isEmpty ? nil : attribute.value
            } else if attribute.name.hasPrefix("xmlns:") {
                scope[String(attribute.name.dropFirst(6))] = attribute.value
            }
            written.append(attribute)
        }
        let (namespace, local) = try Self.resolve(tag, scope, default: scope[""])
        var element = StrictElement(name: local, namespace: namespace)
        for (name, value) in written where name != "xmlns" && !name.hasPrefix("xmlns:") {
            let (namespace, local) = try Self.resolve(name, scope, default: nil)
            element.attributes.append(.init(name: local, namespace: namespace, value: value))
        }
        if skip("/>") { return element }
        guard skip(">") else { throw Self.wrong("the tag of \(tag) does not end") }
        try content(of: &element, scope: scope, depth: depth)
        guard try name() == tag, skipSpaces(), skip(">") else { throw Self.wrong("\(tag) is not closed") }
        return element
    }

    /// Everything up to the `</` of the element's end, that included.
    private mutating func content(
        of element: inout StrictElement, scope: [String: String], depth: Int
    ) throws(Violation) {
        var text = ""
        while !skip("</") {
            if skip("<!--") {
                try skipComment()
            } else if peek == UInt8(ascii: "<") {
                element.children.append(try self.element(scope: scope, depth: depth + 1))
            } else {
                let end = bytes[index...].firstIndex(of: UInt8(ascii: "<"))
                guard let end else { throw Self.wrong("\(element.name) is not closed") }
                text += try Self.unescaped(bytes[index..<end])
                index = end
            }
        }
        element.text = Self.trimmed(text)
    }

    private mutating func name() throws(Violation) -> String {
        let start = index
        while let byte = peek, Self.isNameByte(byte) { index += 1 }
        guard index > start else { throw Self.wrong("a name is missing") }
        return bytes[start..<index].text
    }

    private mutating func attributeValue() throws(Violation) -> String {
        guard skip("="), let quote = peek, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            throw Self.wrong("an attribute has no quoted value")
        }
        index += 1
        guard let end = bytes[index...].firstIndex(of: quote) else { throw Self.wrong("a quote is not closed") }
        defer { index = end + 1 }
        return try Self.unescaped(bytes[index..<end])
    }

    /// Whether another attribute follows; there has to be white space before it.
    private mutating func skipSpaceBeforeAttribute() throws(Violation) -> Bool {
        let start = index
        _ = skipSpaces()
        guard let byte = peek, Self.isNameByte(byte) else { return false }
        guard index > start else { throw Self.wrong("white space is missing before an attribute") }
        return true
    }

    private mutating func skipDeclaration() {
        guard skip("<?xml "), let end = bytes.range(of: Array("?>".utf8), from: index) else { return }
        index = end.upperBound
    }

    private mutating func skipMisc() throws(Violation) {
        _ = skipSpaces()
        while skip("<!--") {
            try skipComment()
            _ = skipSpaces()
        }
    }

    private mutating func skipComment() throws(Violation) {
        guard let end = bytes.range(of: Array("-->".utf8), from: index) else {
            throw Self.wrong("a comment is not closed")
        }
        index = end.upperBound
    }

    private mutating func skipSpaces() -> Bool {
        while let byte = peek, Self.isSpace(byte) { index += 1 }
        return true
    }

    private mutating func skip(_ literal: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount)
        guard bytes[index...].starts(with: wanted) else { return false }
        index += wanted.count
        return true
    }

    private var peek: UInt8? { index < bytes.endIndex ? bytes[index] : nil }
}
