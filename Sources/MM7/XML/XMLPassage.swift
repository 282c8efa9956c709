/// The place of a message in a text: of its envelope, or of an operation without one. Around it may be a web server's
/// own text, a document type, or stray octets.
struct XMLPassage {
    /// From its first tag to its last one, or to the end of the text where that is missing.
    let text: ArraySlice<UInt8>
    /// Whether its last tag is there.
    let isWhole: Bool

    /// The first envelope and the first of the operations, which may stand outside the envelope or too deep in it.
    ///
    /// - Parameter operations: names in lower case.
    static func all(in utf8: ArraySlice<UInt8>, of operations: Set<String>) -> [XMLPassage] {
        var envelope: XMLPassage?
        var operation: XMLPassage?
        var rest = utf8
        while envelope == nil || operation == nil, let start = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[(start + 1)...]
            let name = rest.prefix { $0.isASCIIAlphanumeric || [0x5F, 0x2D, 0x2E, 0x3A].contains($0) }
            if name.isEmpty { continue }
            let local = Self.local(name)
            if envelope == nil, local == "envelope" { envelope = XMLPassage(utf8, from: start, named: name) }
            if operation == nil, operations.contains(local) { operation = XMLPassage(utf8, from: start, named: name) }
        }
        return [envelope, operation].compactMap(\.self)
    }

    private init(_ utf8: ArraySlice<UInt8>, from start: Int, named name: ArraySlice<UInt8>) {
        let endTag = utf8[start...].firstRange(of: Array("</".utf8) + name)
        let end = endTag.flatMap { utf8[$0.upperBound...].firstIndex(of: UInt8(ascii: ">")) }
        text = utf8[start..<(end.map { $0 + 1 } ?? utf8.endIndex)]
        isWhole = end != nil
    }

    /// The one message in a text, from its first tag to its last; nil also where another message follows, since that
    /// would be lost.
    static func message(in utf8: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let passage = all(in: utf8, of: operations).first, passage.isWhole,
            !hasParts(utf8[passage.text.endIndex...])
        else { return nil }
        let next = all(in: utf8[passage.text.endIndex...], of: operations).first
        return next.map { $0.text.elementsEqual(passage.text) } ?? true ? passage.text : nil
    }

    /// Whether the text holds body parts, which would belong to the message: a delimiter line and a header field of a
    /// part.
    private static func hasParts(_ utf8: ArraySlice<UInt8>) -> Bool {
        guard let delimiter = utf8.firstRange(of: Array("\n--".utf8)) else { return false }
        let rest = utf8[delimiter.upperBound...]
        return ["\nContent-", "\ncontent-", "\nCONTENT-"].contains { rest.firstRange(of: Array($0.utf8)) != nil }
    }

    static let answers = operations.filter { $0.hasSuffix("rsp") || $0 == "fault" }
    private static let operations = Set(Operation.allCases.map { $0.rawValue.lowercased() })

    /// The local part of a name, in lower case.
    private static func local(_ name: ArraySlice<UInt8>) -> String {
        let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
        return String(decoding: local.prefix(32), as: UTF8.self).lowercased()
    }
}
