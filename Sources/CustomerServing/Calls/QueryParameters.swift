package import FoundationEssentials
import GatewayCore
import HTTPServing

/// The parameters of a request's query.
package struct QueryParameters: Sendable {
    private let form: FormFields

    /// - Parameter text: what stands behind the question mark.
    package init(_ text: String?) {
        form = FormFields(text ?? "")
    }

    /// The values of a parameter, one after the other or separated by commas, without blanks around them.
    package func values(_ name: String) -> [String] {
        form.values(of: name)
            .flatMap { $0.pieces(at: ",") }
            .map { String($0.trimmed) }
            .filter { !$0.isEmpty }
    }

    /// The one value of a parameter, as it is: the first that is not empty, if there is one.
    package func text(_ name: String) -> String? {
        form.values(of: name).first { !$0.isEmpty }
    }

    /// - Throws: `badFormat` for a text that is no integer, `violation` outside of the range.
    package func integer(_ name: String, in range: ClosedRange<Int>) throws(MalformedRequest) -> Int? {
        guard let text = text(name) else { return nil }
        guard let number = Int(text) else {
            // Digits alone are an integer, however many.
            let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
            let isNumber = !digits.isEmpty && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            if isNumber { throw .violation(at: name, "must be \(range.words)") }
            throw .badFormat(at: name, "must be an integer")
        }
        try number.checkRange(of: name, range)
        return number
    }

    /// - Throws: `badFormat` for any word but `true` and `false`.
    package func flag(_ name: String) throws(MalformedRequest) -> Bool? {
        guard let text = text(name) else { return nil }
        if text.isWord("true") { return true }
        if text.isWord("false") { return false }
        throw .badFormat(at: name, "must be true or false")
    }

    /// - Throws: `badFormat` for a text that is no time.
    package func time(_ name: String) throws(MalformedRequest) -> Date? {
        guard let text = text(name)?.trimmed, !text.isEmpty else { return nil }
        // The plus sign of an offset that was not encoded has become a blank.
        if let blank = text.lastIndex(of: " "),
            let time = Timestamp("\(text[..<blank])+\(text[text.index(after: blank)...])")
        {
            return time.date
        }
        return try Timestamp(String(text), member: name).date
    }
}

extension StringProtocol {
    /// The text without white space at both ends.
    fileprivate var trimmed: SubSequence {
        let front = drop { $0.isWhitespace }
        let end = front.lastIndex { !$0.isWhitespace }.map { front.index(after: $0) } ?? front.startIndex
        return front[..<end]
    }
}
