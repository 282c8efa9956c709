import FoundationEssentials
import GatewayCore

/// The answer to a choice.
struct ChoiceResponse: Equatable, Sendable {
    /// The message that offered it.
    let messageID: String
    let postback: String
    /// The `message_metadata` of the request that sent it.
    let metadata: String
}

/// A message with choices that somebody was sent.
struct Offer: Equatable, Sendable {
    let messageID: String
    let sentAt: Date
    let choices: [OfferedChoice]
    var metadata = ""
}

/// Whether a text that came in is one of those that were offered to its sender.
enum ChoiceMatching {
    /// The choice that the text means, of the newest offer that has it: case, blanks around it and the sign or number of
    /// a line before it do not count.
    ///
    /// - Parameter offers: of the number that the text was sent to, to its sender; in any order.
    static func response(
        to text: String, among offers: [Offer], now: Date, within age: Duration
    ) -> ChoiceResponse? {
        let said = text.folded
        guard !said.isEmpty else { return nil }
        let words = [said, said.withoutBullet]
        let oldest = now.addingTimeInterval(-Double(age.components.seconds))
        for offer in offers.sorted(by: { $0.sentAt > $1.sentAt }) where offer.sentAt >= oldest {
            guard let choice = offer.choices.first(where: { words.contains($0.text.folded) }) else { continue }
            return ChoiceResponse(
                messageID: offer.messageID, postback: choice.postback(in: offer.messageID), metadata: offer.metadata)
        }
        return nil
    }
}

extension StringProtocol {
    /// Without blanks at both ends, and the same for every case of its letters.
    fileprivate var folded: String {
        let front = drop(while: \.isWhitespace)
        let end = front.lastIndex { !$0.isWhitespace }.map { front.index(after: $0) } ?? front.startIndex
        // First to capitals, as one style of messages has choices: there ß is two letters.
        return front[..<end].uppercased().lowercased()
    }
}

extension String {
    /// What stands behind `>`, `*`, `2.` or `2)`.
    fileprivate var withoutBullet: String {
        if hasPrefix(">") || hasPrefix("*") { return dropFirst().folded }
        let rest = drop { $0.isASCII && $0.isNumber }
        guard rest.startIndex > startIndex, let sign = rest.first, sign == "." || sign == ")" else { return self }
        return rest.dropFirst().folded
    }
}
