/// Reads the envelope. A faulty message that is refused comes again unchanged, so it is read where its meaning is
/// clear.
extension MessageReader {
    func envelope(
        _ bytes: ArraySlice<UInt8>, charset: String?, _ reader: inout EnvelopeReader
    ) throws(MM7Error) -> Envelope {
        guard bytes.count <= limits.envelopeBytes else {
            throw MM7Error(.tooLarge, "the SOAP part has \(bytes.count) bytes, the limit is \(limits.envelopeBytes)")
        }
        let text = Charset.decodeXML(bytes, header: charset)
        if !text.isExact { reader.notes.add("characters outside the declared charset were replaced") }
        var parsing = XMLTree.parse(checked: text.utf8, limits: limits)
        if strictness == .lenient, let error = parsing.error, [.notWellFormed, .doctype].contains(error.code),
            let (repaired, line) = repaired(parsing, text.utf8, of: bytes, charset)
        {
            parsing = repaired
            reader.notes.repaired(line)
        }
        if let error = parsing.error { throw error.about(parsing.tree.head) }
        if strictness == .schema {
            do throws(MM7Error) {
                try SchemaValidator.validate(parsed: text.utf8)
            } catch {
                throw error.about(parsing.tree.head)
            }
        }
        return try reader.read(parsing.tree)
    }

    /// The tree after a repair of namespace names, of single characters, or of what stands around a message that is
    /// complete by itself.
    private func repaired(
        _ parsing: XMLTree.Parsing, _ utf8: [UInt8], of bytes: ArraySlice<UInt8>, _ charset: String?
    ) -> (XMLTree.Parsing, String)? {
        if let tree = parsing.wholeTree {
            return (XMLTree.Parsing(tree: tree), "prefixes were read that no namespace is declared for")
        }
        if let tree = XMLTree.parse(checked: XMLRepair.repaired(utf8), limits: limits).wholeTree {
            return (XMLTree.Parsing(tree: tree), "characters that XML does not allow were repaired")
        }
        guard !XMLPrescan.declaresMarkup(utf8),
            let message = XMLPassage.message(in: Self.textFromDeclaration(bytes, charset: charset)[...]),
            let tree = XMLTree.parse(checked: XMLRepair.repaired(Array(message)), limits: limits).wholeTree
        else { return nil }
        return (XMLTree.Parsing(tree: tree), "what stands before or behind the message was left out")
    }

    /// The text, decoded by the charset that the XML declaration names; other text may stand before the declaration.
    static func textFromDeclaration(_ bytes: ArraySlice<UInt8>, charset: String?) -> [UInt8] {
        let start = bytes.firstRange(of: Array("<?xml".utf8))?.lowerBound ?? bytes.startIndex
        return Charset.decodeXML(bytes[start...], header: charset).utf8
    }
}
