import FoundationEssentials
import GatewayCore
import HTTPServing
import Hummingbird

/// What the query of a list says.
extension PlanRequest {
    /// The values of a query parameter, one after the other or separated by commas, without blanks around them.
    func queryValues(_ name: String) -> [String] {
        query.values(of: name)
            .flatMap { $0.pieces(at: ",") }
            .map { String($0.trimmed) }
            .filter { !$0.isEmpty }
    }

    /// The one value of a parameter, as it is: the first that is not empty, if there is one.
    func queryText(_ name: String) -> String? {
        query.values(of: name).first { !$0.isEmpty }
    }

    private var query: Form { Form(request.uri.query ?? "") }

    /// - Throws: `badFormat` for what is no integer, `violation` outside of the range.
    func queryInteger(_ name: String, in range: ClosedRange<Int>) throws(SMSAPIError) -> Int? {
        guard let text = queryText(name) else { return nil }
        let most =
            range.upperBound == .max ? "at least \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
        guard let number = Int(text) else {
            // Digits alone are an integer, however many.
            let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
            let isNumber = !digits.isEmpty && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            if isNumber { throw .violation("'\(name)': must be \(most)") }
            throw .badFormat("'\(name)': must be an integer")
        }
        guard range.contains(number) else { throw .violation("'\(name)': must be \(most), and is \(number)") }
        return number
    }

    func queryFlag(_ name: String) throws(SMSAPIError) -> Bool? {
        guard let text = queryText(name) else { return nil }
        if text.isWord("true") { return true }
        if text.isWord("false") { return false }
        throw .badFormat("'\(name)': must be true or false")
    }

    /// The plus sign of an offset that was not encoded has become a blank.
    func queryTime(_ name: String) throws(SMSAPIError) -> Date? {
        guard let text = queryText(name)?.trimmed, !text.isEmpty else { return nil }
        if let time = Timestamp(text) { return time.date }
        if let blank = text.lastIndex(of: " "),
            let time = Timestamp(text[..<blank] + "+" + text[text.index(after: blank)...])
        {
            return time.date
        }
        throw .badFormat("'\(name)': must be a time in ISO 8601")
    }

    /// `page` and `page_size`.
    func page(sizes: ClosedRange<Int> = 1...100) throws(SMSAPIError) -> Page {
        Page(
            number: try queryInteger("page", in: 0...Int.max) ?? 0,
            size: try queryInteger("page_size", in: sizes) ?? 30)
    }

    /// `start_date`, by default a day ago, and `end_date`.
    func window() throws(SMSAPIError) -> (from: Date, until: Date?) {
        let from = try queryTime("start_date") ?? now + .seconds(-24 * 3600)
        return (from, try queryTime("end_date"))
    }

    /// The numbers of a filter in the form they are stored in; a short code or a name stays as it is.
    func queryNumbers(_ name: String) -> Set<String> {
        Set(queryValues(name).map { Originator($0)?.text ?? $0 })
    }
}

extension StringProtocol {
    /// Without white space at both ends.
    fileprivate var trimmed: SubSequence {
        let front = drop { $0.isWhitespace }
        let end = front.lastIndex { !$0.isWhitespace }.map { front.index(after: $0) } ?? front.startIndex
        return front[..<end]
    }
}
