import CLibXML2

/// An XML document as libxml2's own tree, which libxml2 needs to validate it. `XMLTree` is made for reading.
final class XMLDocument {
    private let document: xmlDocPtr

    /// Parses UTF-8 text that `XMLPrescan` and `XMLTree.parse` have accepted: it has no DTD, and its size and depth are
    /// bounded. No network, no file.
    ///
    /// - Throws: `.notWellFormed`.
    init(accepted utf8: [UInt8]) throws(MM7Error) {
        let options =
            XML_PARSE_NONET.rawValue | XML_PARSE_COMPACT.rawValue | XML_PARSE_IGNORE_ENC.rawValue
            | XML_PARSE_NOCDATA.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        let document = utf8.withUnsafeBytes { bytes in
            xmlReadMemory(
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: bytes.count), nil, nil,
                Int32(options))
        }
        guard let document else { throw MM7Error(.notWellFormed, "the XML is not well formed") }
        self.document = document
    }

    deinit { xmlFreeDoc(document) }

    var root: Element? { xmlDocGetRootElement(document).map { Element(owner: self, node: $0) } }

    /// One element. It keeps its document alive.
    struct Element {
        private let owner: XMLDocument
        private let node: xmlNodePtr

        fileprivate init(owner: XMLDocument, node: xmlNodePtr) {
            self.owner = owner
            self.node = node
        }

        /// Calls `body` with the node, which is valid only during the call.
        func withNode<Result>(_ body: (xmlNodePtr) -> Result) -> Result {
            withExtendedLifetime(owner) { body(node) }
        }
    }
}

extension XMLDocument.Element {
    var name: String { String(cString: node.pointee.name) }

    var namespace: String? { node.pointee.ns?.pointee.href.map { String(cString: $0) } }

    var line: Int { xmlGetLineNo(node) }

    /// Character data without white space at both ends.
    var text: String {
        guard let content = xmlNodeGetContent(node) else { return "" }
        defer { shim_xmlFree(content) }
        return String(Substring(String(cString: content)).trimmed)
    }

    var children: [XMLDocument.Element] {
        var children: [XMLDocument.Element] = []
        var next = xmlFirstElementChild(node)
        while let child = next {
            children.append(XMLDocument.Element(owner: owner, node: child))
            next = xmlNextElementSibling(child)
        }
        return children
    }

    /// The value of an attribute of a namespace; nil where it is absent.
    func attribute(_ name: String, namespace: String) -> String? {
        guard let value = xmlGetNsProp(node, name, namespace) else { return nil }
        defer { shim_xmlFree(value) }
        return String(cString: value)
    }
}
