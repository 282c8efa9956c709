/// How an operator has messages look that MMS has no form for.
package struct TranscodingStyle: Equatable, Sendable {
    package var bullet: Bullet
    package var cardTitle: CardTitle

    package init(bullet: Bullet = .asterisk, cardTitle: CardTitle = .firstLine) {
        self.bullet = bullet
        self.cardTitle = cardTitle
    }

    /// What stands before each choice.
    package enum Bullet: String, CaseIterable, Sendable {
        /// `* Talk to us`
        case asterisk
        /// `> TALK TO US`: the texts of choices in capitals, all else as given.
        case angle

        func line(_ choice: Choice) -> String {
            switch self {
            case .asterisk: "* " + choice.action.words
            case .angle: "> " + (choice.action.text?.uppercased() ?? choice.action.words)
            }
        }
    }

    /// A line for each choice.
    func lines(_ choices: [Choice]) -> [String?] { choices.map { bullet.line($0) } }

    /// Where the title of a card goes.
    package enum CardTitle: String, CaseIterable, Sendable {
        /// The first line of the text.
        case firstLine = "first_line"
        /// The subject; one that is too long for it is in the text as well, as a whole.
        case subject
    }
}

extension Choice.Action {
    /// The text of a choice that is answered by itself.
    var text: String? { if case .text(let text) = self { text } else { nil } }

    /// As it is read in a text.
    var words: String {
        switch self {
        case .text(let text): text
        case .url(let title, let url): "\(title): \(url)"
        case .call(let title, let number): "\(title): \(number)"
        case .location(let location): location.words
        case .calendar(let title, let url), .shareLocation(let title, let url): "\(title): \(url)"
        }
    }
}

extension Location {
    var words: String { "\(title): \(coordinates.mapURL)" }
}
