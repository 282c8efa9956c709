import CLibXML2

/// The rule of a schema that an element breaks.
///
/// libxml2's own text quotes values, so it is not passed on, except for the names at its end that the schema expects.
struct SchemaViolation {
    /// Nil where libxml2 names none.
    private var element: String?
    private var attribute: String?
    private var rule: String
    private var line: Int

    init(_ error: xmlError) {
        var text = error.message.map { String(cString: $0) } ?? ""
        // Only a value makes the text long, and the names are not worth a search through it.
        if text.utf8.count > 2048 { text = "" }
        let node = error.node?.assumingMemoryBound(to: _xmlNode.self)
        element = node.flatMap { $0.pointee.name }.map { String(cString: $0) }
        attribute = node.flatMap { Self.attribute(of: $0, namedIn: text[...]) }
        line = Int(error.line)
        rule = Self.rule(xmlParserErrors(rawValue: UInt32(bitPattern: error.code)), text[...])
    }

    /// The error that names the rule and the element; the root where libxml2 names no element.
    func error(in root: String) -> MM7Error {
        let name = (element ?? root).cut(to: 48)
        let subject = attribute.map { "\(name)'s attribute \($0.cut(to: 48))" } ?? name
        return MM7Error(.invalid, "\(subject) \(rule) (line \(line))", element: name)
    }

    /// The attribute that breaks the rule. libxml2 passes only its element and names the attribute in the text, so the
    /// name is compared with the element's attributes: then it cannot be a value.
    private static func attribute(of node: UnsafeMutablePointer<_xmlNode>, namedIn text: Substring) -> String? {
        guard node.pointee.type == XML_ELEMENT_NODE, let start = text.firstRangeOfASCII(", attribute '") else {
            return nil
        }
        let rest = text[start...]
        var next = node.pointee.properties
        while let attribute = next {
            let name = String(cString: attribute.pointee.name)
            if rest.contains("'\(name)'") || rest.contains("}\(name)'") { return name }
            next = attribute.pointee.next
        }
        return nil
    }

    private static func rule(_ code: xmlParserErrors, _ text: Substring) -> String {
        switch code {
        case XML_SCHEMAV_ELEMENT_CONTENT:
            let expected = expectedNames(text)
            let instead = expected.isEmpty ? "" : ", expected is " + expected.joined(separator: " or ")
            // The name comes before the colon, and a name has no blanks.
            return text.firstRangeOfASCII(": missing child element") != nil
                ? "lacks an element" + instead : "is not expected here" + instead
        case XML_SCHEMAV_CVC_ELT_1, XML_SCHEMAV_CVC_WILDCARD: return "is not declared in the schema"
        case XML_SCHEMAV_CVC_PATTERN_VALID: return "has a value of another form"
        case XML_SCHEMAV_CVC_ENUMERATION_VALID: return "has a value that is not in the schema's list"
        case XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1, XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_2,
            XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_3:
            return "has a value that its type does not have"
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1: return "is not empty"
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2, XML_SCHEMAV_CVC_TYPE_3_1_2: return "holds an element where text belongs"
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3: return "holds text where elements belong"
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1, XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2, XML_SCHEMAV_CVC_TYPE_3_1_1:
            return "is not allowed"
        case XML_SCHEMAV_CVC_COMPLEX_TYPE_4: return "lacks a required attribute"
        default: return "breaks a rule of the schema (libxml2 error \(code.rawValue))"
        }
    }

    /// The names in `Expected is ( {uri}One, {uri}Two ).`, which end the text and come from the schema. What the sender
    /// chose stands before them, in apostrophes.
    private static func expectedNames(_ text: Substring) -> [String] {
        guard let tail = text.split(separator: "'", omittingEmptySubsequences: false).last,
            let start = tail.firstIndex(of: "("), let end = tail.lastIndex(of: ")"), start < end
        else { return [] }
        return tail[tail.index(after: start)..<end].split(separator: ",").map { name in
            let local = name.firstIndex(of: "}").map { name[name.index(after: $0)...] } ?? name
            return String(local.trimmed)
        }
    }
}
