/// An XML document as a value: elements in document order, with names and character data in shared byte arrays.
///
/// Namespaces are recorded but not used for matching, because peers disagree about them. Letter case is ignored too: no
/// two names of MM7 differ only in it.
final class XMLTree: Sendable {
    struct Node {
        /// Local name, in `names`.
        var name: Range<Int>
        /// Namespace URI, in `names`; empty for none.
        var namespace: Range<Int>
        /// All character data inside, descendants included, in `text`.
        var text: Range<Int>
        /// The element's attributes, in `attributes`.
        var attributes: Range<Int>
        /// The index after the last descendant: the next sibling, if there is one.
        var end: Int
    }

    struct Attribute {
        var name: Range<Int>
        var value: Range<Int>
    }

    let names: [UInt8]
    let text: [UInt8]
    let attributes: [Attribute]
    let nodes: [Node]

    init(names: [UInt8], text: [UInt8], attributes: [Attribute], nodes: [Node]) {
        self.names = names
        self.text = text
        self.attributes = attributes
        self.nodes = nodes
    }

    var root: Element? { nodes.isEmpty ? nil : Element(tree: self, index: 0) }

    /// The first element of that name anywhere in the document.
    func first(_ name: StaticString) -> Element? {
        for index in nodes.indices where matches(nodes[index].name, name) { return Element(tree: self, index: index) }
        return nil
    }

    fileprivate func matches(_ range: Range<Int>, _ name: StaticString) -> Bool {
        guard range.count == name.utf8CodeUnitCount else { return false }
        return names.withUnsafeBufferPointer { names in
            for offset in 0..<range.count {
                let (given, wanted) = (names[range.lowerBound + offset], name.utf8Start[offset])
                if given != wanted, given.lowercasedASCII != wanted.lowercasedASCII { return false }
            }
            return true
        }
    }

    /// One element: an index into the tree.
    struct Element: Sendable {
        fileprivate let tree: XMLTree
        fileprivate let index: Int

        fileprivate var node: Node { tree.nodes[index] }
    }
}

extension XMLTree.Element {
    var name: String { String(decoding: tree.names[node.name], as: UTF8.self) }

    var namespace: String? {
        node.namespace.isEmpty ? nil : String(decoding: tree.names[node.namespace], as: UTF8.self)
    }

    func isNamed(_ name: StaticString) -> Bool { tree.matches(node.name, name) }

    /// Character data without white space at both ends.
    var text: String {
        var range = node.text
        while let first = range.first, tree.text[first].isXMLSpace { range = range.dropFirst() }
        while let last = range.last, tree.text[last].isXMLSpace { range = range.dropLast() }
        return String(decoding: tree.text[range], as: UTF8.self)
    }

    var children: Children { Children(tree: tree, index: index + 1, end: node.end) }

    /// The first element inside that is wanted, at any depth.
    func descendant(_ isWanted: (XMLTree.Element) -> Bool) -> XMLTree.Element? {
        for index in (index + 1)..<max(node.end, index + 1) {
            let element = XMLTree.Element(tree: tree, index: index)
            if isWanted(element) { return element }
        }
        return nil
    }

    /// The first child of that name; peers that repeat a single element mean the first.
    func child(_ name: StaticString) -> XMLTree.Element? {
        var next = index + 1
        while next < node.end {
            if tree.matches(tree.nodes[next].name, name) { return XMLTree.Element(tree: tree, index: next) }
            next = tree.nodes[next].end
        }
        return nil
    }

    /// The text of the first child of that name; nil where it is absent or empty.
    func text(_ name: StaticString) -> String? {
        guard let text = child(name)?.text, !text.isEmpty else { return nil }
        return text
    }

    /// The value of an attribute, by local name, without white space at both ends.
    func attribute(_ name: StaticString) -> String? {
        for attribute in tree.attributes[node.attributes] where tree.matches(attribute.name, name) {
            return String(Substring(decoding: tree.names[attribute.value], as: UTF8.self).trimmed)
        }
        return nil
    }

    /// Child elements in document order.
    struct Children: Sequence, IteratorProtocol {
        fileprivate let tree: XMLTree
        fileprivate var index: Int
        fileprivate let end: Int

        mutating func next() -> XMLTree.Element? {
            guard index < end else { return nil }
            defer { index = tree.nodes[index].end }
            return XMLTree.Element(tree: tree, index: index)
        }
    }
}
