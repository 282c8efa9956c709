import CustomerServing
import GatewayCore

/// Settings of channels by name, of which MMS reads two.
struct ChannelProperties: Equatable, Sendable {
    /// Who sends, as it was given; nil where the app's default counts.
    var sender: String?
    /// Whether the media have to keep the rules of section 11 of the channel's best practices.
    var isStrict = false

    static let longestValue = 1024

    init(sender: String? = nil, isStrict: Bool = false) {
        self.sender = sender
        self.isStrict = isStrict
    }

    /// The member of a request; keys of other channels are legal and say nothing here.
    init(_ name: String, of members: RequestMembers) {
        for (key, value) in members.map(name, longestValue: Self.longestValue) {
            switch key {
            case "MMS_SENDER": sender = value.isEmpty ? nil : value
            case "MMS_STRICT_VALIDATION":
                isStrict = value.isWord("true")
                if !isStrict, !value.isWord("false") {
                    members.faults.note(at: .member(members.place(name), key), "must be \"true\" or \"false\"")
                }
            default: break
            }
        }
    }

    /// Whom the message is from.
    ///
    /// - Throws: for a sender that is none, or none at all.
    func originator(default other: Originator?) throws(DeliveryReason) -> Originator {
        guard let sender else {
            if let other { return other }
            throw DeliveryReason(
                .badRequest, "MMS_SENDER is missing, and the app's MMS credentials have no default_sender")
        }
        guard let originator = Originator(sender) else {
            throw DeliveryReason(
                .badRequest, "MMS_SENDER is not a number, a short code or a name of 1 to 11 characters")
        }
        return originator
    }
}

/// How long a message may take, as `86400s`.
enum TimeToLive {
    static let secondsRange = 3...315_576_000_000

    /// Seconds; nil where the request names none.
    static func seconds(_ name: String, of members: RequestMembers) -> Int? {
        guard let text = members.text(name).nonEmpty else { return nil }
        let digits = text.utf8.dropLast()
        guard text.utf8.last == UInt8(ascii: "s"), digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let seconds = Int(String(decoding: digits, as: UTF8.self)), secondsRange.contains(seconds)
        else {
            members.fault(
                at: name,
                "must be whole seconds from \(secondsRange.lowerBound) to \(secondsRange.upperBound) with an s, as 86400s"
            )
            return nil
        }
        return seconds
    }
}
