/// A picture with a title, a description and choices, each of which may be missing.
struct Card: Equatable, Sendable {
    let title: String?
    let description: String?
    let media: MediaMessage?
    let choices: [Choice]

    /// How tall it is, on channels that draw cards.
    enum Height: String, CaseIterable {
        case unspecified = "UNSPECIFIED_HEIGHT"
        case short = "SHORT"
        case medium = "MEDIUM"
        case tall = "TALL"
    }
}

extension Card: RequestBody {
    init?(_ members: RequestMembers) {
        title = members.shown("title").nonEmpty
        description = members.shown("description").nonEmpty
        media = members.value("media_message")
        let _: Height? = members.word("height")
        guard let choices: [Choice] = members.values("choices", count: 0...Choice.limit) else { return nil }
        self.choices = choices
        if title == nil, description == nil, !members.has("media_message") {
            members.fault("must have a title, a description or a media_message")
        }
    }
}

/// Cards side by side.
struct Carousel: Equatable, Sendable {
    let cards: [Card]
    /// Those below all cards.
    let choices: [Choice]

    static let cardRange = 1...10
}

extension Carousel: RequestBody {
    init?(_ members: RequestMembers) {
        let cards: [Card]? = members.values("cards", count: Self.cardRange)
        let choices: [Choice]? = members.values("choices", count: 0...Choice.outerLimit)
        for (choice, path) in members.elements("choices") ?? []
        where choice["display_mode"] == .string(Choice.DisplayMode.persistent.rawValue) {
            members.faults.note(
                at: .member(path, "display_mode"), "must not be PERSISTENT on the outer choices of a carousel")
        }
        guard let cards, let choices else { return nil }
        self.init(cards: cards, choices: choices)
    }
}

extension String? {
    /// An empty text is none, as clients with default values write it.
    var nonEmpty: String? { self?.isEmpty == false ? self : nil }
}
