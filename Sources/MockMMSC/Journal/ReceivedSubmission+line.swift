package import FoundationEssentials
import MM7

extension ReceivedSubmission {
    /// A line for people on what came and what became of it; nothing of its content but types and sizes.
    ///
    /// - Parameter showsNumbers: names the recipients, five at most, with all their digits and not the last three.
    package func line(at time: Date, showsNumbers: Bool) -> String {
        let shown = recipients.prefix(Self.numbersShown).map { showsNumbers ? $0 : Self.masked($0) }
        let more = recipients.count - shown.count
        let numbers = shown.joined(separator: " ") + (more > 0 ? " and \(more) more" : "")
        let types = parts.map(\.contentType).joined(separator: ", ")
        let words = [
            time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)), outcome.inWords,
            transactionID.map { "TransactionID \(Self.printable($0))" }, messageID.map { "MessageID \($0)" },
            recipients.isEmpty ? nil : "to \(numbers)", "\(byteCount) B" + (types.isEmpty ? "" : " (\(types))"),
        ]
        return words.compactMap(\.self).joined(separator: "  ")
    }

    private static let numbersShown = 5

    private static func masked(_ number: String) -> String { "•••\(number.suffix(3))" }

    /// A peer's text, cut, without what a terminal obeys.
    private static func printable(_ text: String) -> String {
        String(text.prefix(64).map { $0.isASCII && !($0.asciiValue ?? 0 < 32) && $0 != "\u{7F}" ? $0 : "?" })
    }
}

extension ReceivedSubmission.Treatment {
    fileprivate var inWords: String {
        switch self {
        case .accepted: "accepted"
        case .repeated: "repeated: answered as before"
        case .partial: "taken for some recipients"
        case .dropped: "taken, and not answered"
        case .hung: "taken, and answered late"
        case .half: "taken, and half answered"
        case .misaddressed: "taken, and answered under another TransactionID"
        case .refused(let code): "refused with \(code.rawValue)"
        case .faulted(let code): "refused with a fault, \(code.rawValue)"
        case .html: "not taken: a page in HTML"
        case .denied: "not taken: 401"
        // What is against the protocol may hold anything.
        case .violation: "against the protocol, see the warning"
        }
    }
}
