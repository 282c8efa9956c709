import CustomerServing

/// What a recipient may choose.
struct Choice: Equatable, Sendable {
    let action: Action
    /// What comes back when it is chosen; any JSON.
    let postback: JSONValue?

    enum Action: Equatable, Sendable {
        case text(String)
        case url(title: String, url: String)
        case call(title: String, number: String)
        case location(Location)
        case calendar(title: String, fallbackURL: String)
        case shareLocation(title: String, fallbackURL: String)
    }

    /// A choice's members that say what it is; it has exactly one.
    enum Kind: String, CaseIterable {
        case text = "text_message"
        case url = "url_message"
        case call = "call_message"
        case location = "location_message"
        case calendar = "calendar_message"
        case shareLocation = "share_location_message"
    }

    enum DisplayMode: String, CaseIterable {
        case unspecified = "DISPLAY_MODE_UNSPECIFIED"
        /// Means something on RCS alone.
        case persistent = "PERSISTENT"
    }

    static let limit = 10
    /// Below all cards of a carousel.
    static let outerLimit = 3
}

extension Choice: RequestBody {
    init?(_ members: RequestMembers) {
        let _: DisplayMode? = members.word("display_mode")
        guard let kind: Kind = members.theOne(of: "choice"), let object = members.object(kind.rawValue),
            let action = Action(kind, object)
        else { return nil }
        self.action = action
        postback = members["postback_data"]
    }
}

extension Choice.Action {
    init?(_ kind: Choice.Kind, _ members: RequestMembers) {
        switch kind {
        case .text:
            guard let text = members.requiredShown("text") else { return nil }
            self = .text(text)
        case .location:
            guard let location = Location(members) else { return nil }
            self = .location(location)
        case .url:
            guard let (title, url) = members.pair("title", "url") else { return nil }
            self = .url(title: title, url: url)
        case .call:
            guard let (title, number) = members.pair("title", "phone_number") else { return nil }
            self = .call(title: title, number: number)
        case .shareLocation:
            guard let (title, url) = members.pair("title", "fallback_url") else { return nil }
            self = .shareLocation(title: title, fallbackURL: url)
        case .calendar:
            for name in ["event_start", "event_end"] where members.requiredText(name) != nil { _ = members.time(name) }
            _ = members.requiredShown("event_title")
            _ = members.shown("event_description")
            guard let (title, url) = members.pair("title", "fallback_url") else { return nil }
            self = .calendar(title: title, fallbackURL: url)
        }
    }
}

extension RequestMembers {
    /// The one member that says what an object is.
    func theOne<Kind: RawRepresentable<String> & CaseIterable>(of noun: String) -> Kind? {
        let given = Kind.allCases.filter { has($0.rawValue) }
        if given.count == 1 { return given.first }
        let names = (given.isEmpty ? Array(Kind.allCases) : given).map(\.rawValue).joined(separator: ", ")
        fault(
            given.isEmpty
                ? "must have exactly one \(noun): one of \(names)" : "must have exactly one \(noun), and has \(names)")
        return nil
    }

    /// Two texts that both have to be there; each that is not is noted.
    fileprivate func pair(_ first: String, _ second: String) -> (String, String)? {
        let texts = (requiredShown(first), requiredShown(second))
        guard let first = texts.0, let second = texts.1 else { return nil }
        return (first, second)
    }
}
