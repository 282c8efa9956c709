import MM7

/// Finds the few words without which a message cannot be answered, by their tags alone: for measurements, in which the
/// MMSC must cost next to nothing.
struct LightScan {
    let transactionID: String
    let recipient: Address

    /// - Parameter head: the beginning of the message, media need not be in it.
    init(_ head: ArraySlice<UInt8>) throws(Violation) {
        guard let transactionID = Self.text(of: "TransactionID", in: head) else {
            throw .transactionID("there is no TransactionID")
        }
        guard let group = Self.end(of: "Recipients", in: head),
            let number = Self.text(of: "Number", in: head[group...])
        else { throw Violation(.validationError, "there is no recipient's Number") }
        self.transactionID = transactionID
        recipient = .msisdn(number)
    }

    /// The text of the first element of that name, whatever its prefix.
    static func text(of name: StaticString, in bytes: ArraySlice<UInt8>) -> String? {
        guard let tag = end(of: name, in: bytes), let open = bytes[tag...].firstIndex(of: UInt8(ascii: ">")),
            let close = bytes[open...].firstIndex(of: UInt8(ascii: "<"))
        else { return nil }
        let text = bytes[(open + 1)..<close]
        return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
    }

    /// Behind the first occurrence of a tag's name.
    private static func end(of name: StaticString, in bytes: ArraySlice<UInt8>) -> Int? {
        let name = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        return bytes.range(of: name, from: bytes.startIndex)?.upperBound
    }
}
