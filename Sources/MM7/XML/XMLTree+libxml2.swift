import CLibXML2

extension XMLTree {
    /// The result of parsing: the tree as far as it was read, and the error if reading stopped before the end.
    struct Parsing {
        var tree: XMLTree
        var error: MM7Error?
        /// Whether the only errors are in namespace names, which reading ignores.
        var isOfNamespaces = false

        /// The tree; nil where reading stopped before the end.
        var wholeTree: XMLTree? { error == nil || isOfNamespaces ? tree : nil }
    }

    /// Parses UTF-8 text with libxml2's SAX2 interface. It uses no DTD, no entities except the five of XML, no network
    /// and no files.
    ///
    /// The text has been checked by `XMLPrescan`; what is refused here is refused while it is being read. On error the
    /// tree holds what came before, so that a TransactionID may still be found; text that may be incomplete is not in
    /// it.
    ///
    /// - Parameter isRecovering: whether libxml2 goes on after an error as well as it can, and skips elements that are
    ///   nested too deep.
    static func parse(_ utf8: [UInt8], limits: ReadingLimits, isRecovering: Bool = false) -> Parsing {
        LibXML2.isReady
        var builder = XMLTreeBuilder(limits: limits, isRecovering: isRecovering)
        guard let length = Int32(exactly: utf8.count),
            let context = utf8.withUnsafeBytes({ bytes in
                xmlCreateMemoryParserCtxt(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), length)
            })
        else { return Parsing(tree: builder.tree, error: MM7Error(.empty, "there is no XML to read")) }
        defer { xmlFreeParserCtxt(context) }

        var options = XML_PARSE_NONET.rawValue | XML_PARSE_COMPACT.rawValue | XML_PARSE_IGNORE_ENC.rawValue
        // This removes limits of libxml2, of which only that on depth could be reached: the text is short and has no
        // entities.
        if isRecovering { options |= XML_PARSE_RECOVER.rawValue | XML_PARSE_HUGE.rawValue }
        _ = xmlCtxtUseOptions(context, Int32(options))
        context.pointee.sax.pointee = XMLTreeBuilder.callbacks
        // The callbacks use this pointer to the builder only while the parser runs.
        withUnsafeMutablePointer(to: &builder) { builder in
            builder.pointee.context = context
            context.pointee.userData = UnsafeMutableRawPointer(builder)
            _ = xmlParseDocument(context)
            context.pointee.userData = nil
        }

        if let failure = builder.failure { return Parsing(tree: builder.tree, error: failure) }
        guard context.pointee.wellFormed == 1 else {
            let line = context.pointee.input.map { Int($0.pointee.line) } ?? 0
            let reason = "the XML is not well formed near line \(line) (libxml2 error \(context.pointee.errNo))"
            return Parsing(tree: builder.tree, error: MM7Error(.notWellFormed, reason))
        }
        return Parsing(
            tree: builder.tree, error: builder.namespaceError, isOfNamespaces: builder.namespaceError != nil)
    }

    /// Parses text that has not been checked yet. Text that `XMLPrescan` refuses is not read at all.
    static func parse(checked utf8: [UInt8], limits: ReadingLimits, isRecovering: Bool = false) -> Parsing {
        do throws(MM7Error) { try XMLPrescan.check(utf8, limits: limits) } catch {
            return Parsing(tree: XMLTree(names: [], text: [], attributes: [], nodes: []), error: error)
        }
        return parse(utf8, limits: limits, isRecovering: isRecovering)
    }
}

/// Turns SAX2 events into the arrays of an `XMLTree`, and stops the parser at the first thing that is not allowed.
///
/// It is a value behind a pointer: with a class, Swift would check exclusive access to each field at every event.
private struct XMLTreeBuilder {
    private let limits: ReadingLimits
    private let isRecovering: Bool
    private var names: [UInt8] = []
    private var text: [UInt8] = []
    private var attributes: [XMLTree.Attribute] = []
    private var nodes: [XMLTree.Node] = []
    private var open: [Int] = []
    /// The number of open elements that are deeper than the limit.
    private var passedOver = 0
    /// libxml2 keeps one copy of each URI while it parses; so do we, by its address. A document has few.
    private var uris: [(address: UnsafePointer<xmlChar>, range: Range<Int>)] = []

    private var isStopped = false
    private(set) var failure: MM7Error?
    /// An error in namespaces, which does not stop the reading, so that the TransactionID is still found.
    private(set) var namespaceError: MM7Error?
    /// Set while the parser runs.
    var context: xmlParserCtxtPtr?

    init(limits: ReadingLimits, isRecovering: Bool) {
        self.limits = limits
        self.isRecovering = isRecovering
        names.reserveCapacity(1024)
        text.reserveCapacity(1024)
        nodes.reserveCapacity(48)
    }

    /// What has been read. Elements that are still open end where reading ended; their text may be incomplete, so it is
    /// left out.
    var tree: XMLTree {
        var nodes = nodes
        for index in open { nodes[index].end = nodes.count }
        return XMLTree(names: names, text: text, attributes: attributes, nodes: nodes)
    }

    private mutating func stop(_ error: MM7Error) {
        if !isStopped { failure = error }
        isStopped = true
        if let context { xmlStopParser(context) }
    }

    private mutating func append(_ string: UnsafePointer<xmlChar>?) -> Range<Int> {
        let start = names.count
        if let string { names.append(contentsOf: UnsafeBufferPointer(start: string, count: Int(xmlStrlen(string)))) }
        return start..<names.count
    }

    private mutating func uri(_ string: UnsafePointer<xmlChar>?) -> Range<Int> {
        guard let string else { return 0..<0 }
        if let known = uris.first(where: { $0.address == string }) { return known.range }
        var range = appendValue(string, string + Int(xmlStrlen(string)))
        // The prefix `xml` is bound without a declaration, and writing a declaration with its namespace is an error.
        if names[range].elementsEqual("http://www.w3.org/XML/1998/namespace".utf8) { range = 0..<0 }
        uris.append((string, range))
        return range
    }

    fileprivate mutating func start(
        _ name: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?, attributeCount: Int,
        _ values: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        guard !isStopped else { return }
        guard open.count < limits.elementDepth else {
            if isRecovering {
                passedOver += 1
                return
            }
            return stop(MM7Error(.tooDeep, "more than \(limits.elementDepth) elements inside each other"))
        }
        guard nodes.count < limits.elements else {
            return stop(MM7Error(.tooManyElements, "more than \(limits.elements) elements"))
        }
        guard attributeCount <= limits.attributesPerElement else {
            return stop(XMLPrescan.tooManyAttributes(limits))
        }
        let firstAttribute = attributes.count
        if let values {
            // Five pointers each: local name, prefix, URI, start of the value, end of the value.
            for index in 0..<attributeCount {
                guard let from = values[5 * index + 3], let to = values[5 * index + 4] else { continue }
                let name = append(values[5 * index])
                attributes.append(XMLTree.Attribute(name: name, value: appendValue(from, to)))
            }
        }
        open.append(nodes.count)
        nodes.append(
            XMLTree.Node(
                name: append(name),
                namespace: uri(namespace),
                text: text.count..<text.count,
                attributes: firstAttribute..<attributes.count,
                end: nodes.count + 1
            ))
    }

    /// Appends a value. Without NOENT, libxml2 passes an ampersand in an attribute or namespace as `&#38;`, and nothing
    /// else in that form.
    private mutating func appendValue(_ from: UnsafePointer<xmlChar>, _ to: UnsafePointer<xmlChar>) -> Range<Int> {
        let start = names.count
        var byte = from
        while byte < to {
            names.append(byte.pointee)
            let isAmpersand =
                byte.pointee == UInt8(ascii: "&") && to - byte >= 5 && byte[1] == UInt8(ascii: "#")
                && byte[2] == UInt8(ascii: "3") && byte[3] == UInt8(ascii: "8") && byte[4] == UInt8(ascii: ";")
            byte += isAmpersand ? 5 : 1
        }
        return start..<names.count
    }

    fileprivate mutating func end() {
        guard !isStopped else { return }
        guard passedOver == 0 else {
            passedOver -= 1
            return
        }
        guard let index = open.popLast() else { return }
        nodes[index].end = nodes.count
        nodes[index].text = nodes[index].text.lowerBound..<text.count
    }

    fileprivate mutating func characters(_ bytes: UnsafePointer<xmlChar>?, _ count: Int) {
        guard !isStopped, passedOver == 0, let bytes, count > 0 else { return }
        guard text.count + count <= limits.textBytes else {
            return stop(MM7Error(.tooLarge, "more than \(limits.textBytes) bytes of character data"))
        }
        text.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
    }

    fileprivate mutating func doctype() { stop(XMLPrescan.doctype) }

    /// Notes an error in namespaces, after which libxml2 goes on, such as a prefix without a declaration. A namespace
    /// that is not a URI (for example one with a line end) is only a warning.
    fileprivate mutating func report(_ error: xmlErrorPtr) {
        guard error.pointee.domain == Int32(XML_FROM_NAMESPACE.rawValue),
            (Int32(XML_NS_ERR_XML_NAMESPACE.rawValue)...Int32(XML_NS_ERR_COLON.rawValue)).contains(error.pointee.code)
        else { return }
        let reason = "wrong use of namespaces near line \(error.pointee.line)"
        namespaceError = namespaceError ?? MM7Error(.notWellFormed, reason)
    }
}

extension XMLTreeBuilder {
    fileprivate static func of(_ userData: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<XMLTreeBuilder>? {
        userData?.assumingMemoryBound(to: XMLTreeBuilder.self)
    }

    /// The handlers. Those that are not set are nil, so libxml2 builds no tree, prints nothing and knows no entities.
    fileprivate static var callbacks: xmlSAXHandler {
        var sax = xmlSAXHandler()
        sax.initialized = UInt32(XML_SAX2_MAGIC)
        sax.startElementNs = { userData, name, _, namespace, _, _, attributeCount, _, attributes in
            XMLTreeBuilder.of(userData)?.pointee.start(name, namespace, attributeCount: Int(attributeCount), attributes)
        }
        sax.endElementNs = { userData, _, _, _ in XMLTreeBuilder.of(userData)?.pointee.end() }
        sax.characters = { userData, bytes, count in XMLTreeBuilder.of(userData)?.pointee.characters(bytes, Int(count))
        }
        // The same function keeps libxml2 from guessing which blanks matter.
        sax.ignorableWhitespace = sax.characters
        sax.cdataBlock = sax.characters
        sax.internalSubset = { userData, _, _, _ in XMLTreeBuilder.of(userData)?.pointee.doctype() }
        sax.serror = { userData, error in
            if let error { XMLTreeBuilder.of(userData)?.pointee.report(error) }
        }
        return sax
    }
}
