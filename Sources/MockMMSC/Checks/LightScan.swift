import MM7

/// Finds the few values without which a message cannot be answered, by their tags alone: for measurements, in which the
/// MMSC must cost almost nothing.
struct LightScan {
    let transactionID: String
    let recipients: [Address]

    /// - Parameter head: the beginning of the message, to the end of its Recipients at least.
    init(_ head: ArraySlice<UInt8>) throws(Violation) {
        guard let transactionID = Self.text(of: "TransactionID", in: head) else {
            throw .transactionID("there is no TransactionID")
        }
        guard let start = Self.end(of: "Recipients", in: head), let end = Self.end(of: "Recipients", in: head[start...])
        else { throw Violation(.validationError, "Recipients is missing or goes on for too long") }
        self.transactionID = transactionID
        recipients = Self.numbers(in: head[start..<end])
        guard !recipients.isEmpty else { throw Violation(.validationError, "there is no recipient's Number") }
    }

    /// Whether Recipients begins in the bytes and does not end there.
    static func isOpen(_ head: ArraySlice<UInt8>) -> Bool {
        guard let start = end(of: "Recipients", in: head) else { return false }
        return end(of: "Recipients", in: head[start...]) == nil
    }

    /// The Numbers that get a copy. A Number that is only displayed has an attribute that says so.
    private static func numbers(in group: ArraySlice<UInt8>) -> [Address] {
        var numbers: [Address] = []
        var rest = group
        while let tag = end(of: "Number", in: rest), let open = rest[tag...].firstIndex(of: UInt8(ascii: ">")),
            let close = rest[open...].firstIndex(of: UInt8(ascii: "<"))
        {
            let (attributes, text) = (rest[tag..<open], rest[(open + 1)..<close])
            // Continues after the end tag of the same Number.
            rest = rest[(end(of: "Number", in: rest[close...]) ?? close)...]
            let isShownAlone = !attributes.isEmpty && isTrue("displayOnly", in: attributes)
            if !text.isEmpty && !isShownAlone { numbers.append(.msisdn(String(decoding: text, as: UTF8.self))) }
        }
        return numbers
    }

    private static func isTrue(_ name: StaticString, in attributes: ArraySlice<UInt8>) -> Bool {
        guard let value = end(of: name, in: attributes) else { return false }
        return attributes[value...].contains { $0 == UInt8(ascii: "t") || $0 == UInt8(ascii: "1") }
    }

    /// Whether an element of that name begins in the bytes.
    static func has(_ name: StaticString, in bytes: ArraySlice<UInt8>) -> Bool { end(of: name, in: bytes) != nil }

    /// The text of the first element of that name, whatever its prefix.
    static func text(of name: StaticString, in bytes: ArraySlice<UInt8>) -> String? {
        guard let tag = end(of: name, in: bytes), let open = bytes[tag...].firstIndex(of: UInt8(ascii: ">")),
            let close = bytes[open...].firstIndex(of: UInt8(ascii: "<"))
        else { return nil }
        let text = bytes[(open + 1)..<close]
        return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
    }

    /// The index after the first occurrence of a tag's name.
    private static func end(of name: StaticString, in bytes: ArraySlice<UInt8>) -> Int? {
        let name = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        return bytes.range(of: name, from: bytes.startIndex)?.upperBound
    }
}
