/// Finds faults in XML text before a parser spends time on it.
enum XMLPrescan {
    static let doctype = MM7Error(.doctype, "a document type declaration is not allowed in SOAP")

    static func tooManyAttributes(_ limits: ReadingLimits) -> MM7Error {
        MM7Error(.tooManyAttributes, "more than \(limits.attributesPerElement) attributes on one element")
    }

    /// Refuses NUL, markup declarations and elements with too many attributes.
    ///
    /// The scan follows XML's own rules for comments, CDATA and quotes; where the text breaks them it may miscount, but
    /// then the parser stops at the same octet.
    static func check(_ utf8: [UInt8], limits: ReadingLimits) throws(MM7Error) {
        let attributeLimit = limits.attributesPerElement
        switch utf8.withUnsafeBufferPointer({ scan(of: $0, attributeLimit: attributeLimit) }) {
        case .fine: return
        case .nul: throw MM7Error(.notWellFormed, "a NUL character in XML")
        case .declaration: throw doctype
        case .attributes: throw tooManyAttributes(limits)
        }
    }

    /// Whether the text declares markup such as entities, or has a document type that could. A document type that only
    /// gives a name declares nothing.
    static func declaresMarkup(_ utf8: [UInt8]) -> Bool {
        utf8.withUnsafeBufferPointer { text in
            var index = after("<!", in: text, from: 0)
            while index < text.count {
                if text[index].isASCIILetter {
                    let name = text[index...].prefix { $0.isASCIILetter }
                    let end = text[name.endIndex...].first { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "[") }
                    guard name.lazy.map(\.lowercasedASCII).elementsEqual("doctype".utf8), end == UInt8(ascii: ">")
                    else {
                        return true
                    }
                }
                index = after("<!", in: text, from: index)
            }
            return false
        }
    }

    private enum ScanResult { case fine, nul, declaration, attributes }

    private static func scan(of text: UnsafeBufferPointer<UInt8>, attributeLimit: Int) -> ScanResult {
        var index = 0
        while index < text.count {
            let byte = text[index]
            index += 1
            if byte == 0 { return .nul }
            guard byte == UInt8(ascii: "<"), index < text.count else { continue }

            if text[index] == UInt8(ascii: "!") {
                if starts(text, index, "!--") {
                    index = after("-->", in: text, from: index + 3)
                } else if starts(text, index, "![CDATA[") {
                    index = after("]]>", in: text, from: index + 8)
                } else {
                    return .declaration
                }
            } else if text[index] == UInt8(ascii: "?") {
                index = after("?>", in: text, from: index + 1)
            } else {
                var count = 0
                var quote: UInt8?
                while index < text.count {
                    let byte = text[index]
                    if byte == 0 { return .nul }
                    if let open = quote {
                        if byte == open { quote = nil }
                    } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                        quote = byte
                    } else if byte == UInt8(ascii: "=") {
                        count += 1
                        if count > attributeLimit { return .attributes }
                    } else if byte == UInt8(ascii: ">") {
                        break
                    }
                    index += 1
                }
            }
        }
        return .fine
    }

    private static func starts(_ text: UnsafeBufferPointer<UInt8>, _ index: Int, _ wanted: StaticString) -> Bool {
        guard text.count - index >= wanted.utf8CodeUnitCount else { return false }
        for offset in 0..<wanted.utf8CodeUnitCount where text[index + offset] != wanted.utf8Start[offset] {
            return false
        }
        return true
    }

    /// The index after the next occurrence, or the end of the text.
    private static func after(_ wanted: StaticString, in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        while index < text.count {
            if starts(text, index, wanted) { return index + wanted.utf8CodeUnitCount }
            index += 1
        }
        return text.count
    }
}
