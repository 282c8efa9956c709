import GatewayCore

/// Where one call about an event goes, and what it says: `delivery:01KN6MZ5G0BAKERYH00K000001`. The store keeps the name.
struct CallbackTarget: Equatable, Sendable {
    let kind: Kind
    let place: Place

    enum Kind: Equatable, Sendable {
        case delivery
        case submit
        /// One of the messages that an inbound message makes, counted from 0.
        case inbound(Int)
        /// The same, as something that the API has no word for.
        case unsupported(Int)
        /// What was written down under the name of a trigger.
        case notice(String)
    }

    enum Place: Equatable, Sendable {
        /// A webhook of the app, by its id.
        case webhook(String)
        /// The server of the address that a message names.
        case server(String)
        /// The first webhook that wants it, of an app that was not there when it happened.
        case anyWebhook
    }

    /// A receipt comes after the notice that its message was handed to the channel, where both go to one webhook.
    var followed: CallbackTarget? {
        kind == .delivery ? CallbackTarget(.submit, at: place) : nil
    }

    init(_ kind: Kind, at place: Place) {
        self.kind = kind
        self.place = place
    }

    /// Nil for a name that is none of this API's.
    init?(_ name: String) {
        guard let (kind, place) = Substring(name).halves(at: ":"), !place.isEmpty, let kind = Kind(String(kind)) else {
            return nil
        }
        self.kind = kind
        self.place =
            switch place {
            case "*": .anyWebhook
            case _ where place.first == "@": .server(String(place.dropFirst()))
            default: .webhook(String(place))
            }
    }

    var name: String {
        switch place {
        case .webhook(let id): "\(kind.name):\(id)"
        case .server(let server): "\(kind.name):@\(server)"
        case .anyWebhook: "\(kind.name):*"
        }
    }
}

extension CallbackTarget.Kind {
    fileprivate init?(_ name: String) {
        switch name {
        case "delivery": self = .delivery
        case "submit": self = .submit
        default:
            if let trigger = Project.Trigger(rawValue: name) {
                self = .notice(trigger.rawValue)
                return
            }
            guard let (word, number) = Substring(name).halves(at: "."), let number = Int(number) else { return nil }
            switch word {
            case "inbound": self = .inbound(number)
            case "unsupported": self = .unsupported(number)
            default: return nil
            }
        }
    }

    fileprivate var name: String {
        switch self {
        case .delivery: "delivery"
        case .submit: "submit"
        case .inbound(let number): "inbound.\(number)"
        case .unsupported(let number): "unsupported.\(number)"
        case .notice(let name): name
        }
    }
}
