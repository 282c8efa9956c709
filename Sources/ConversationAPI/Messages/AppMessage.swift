import CustomerServing
import GatewayCore

/// What an app sends: a body for every channel, and what some channels get in its place.
struct AppMessage: Equatable, Sendable {
    let body: MessageBody
    /// The channel's own payload, by `explicit_channel_message`.
    let payloads: [Channel: String]
    /// Another body, by `explicit_channel_omni_message`.
    let replacements: [Channel: Replacement]
    /// As it was given, for whoever asks for it later.
    let source: JSONValue

    /// What one channel gets in place of the body.
    enum Replacement: Equatable, Sendable {
        case body(MessageBody)
        case template(TemplateReference)
    }

    /// UTF-16 units of its JSON without blanks.
    static let mostUnits = 100_000

    /// The members that are given back.
    private static let known =
        MessageBody.Kind.allCases.map(\.rawValue) + [
            "explicit_channel_message", "explicit_channel_omni_message", "channel_specific_message", "agent",
            "reply_to",
        ]
}

extension AppMessage: RequestBody {
    init?(_ members: RequestMembers) {
        let body = MessageBody(members)
        let payloads = Self.payloads(members)
        let replacements = Self.replacements(members)
        _ = members.object("channel_specific_message")
        _ = members.object("agent")
        // A quote is of other channels; there it has an id.
        _ = members.object("reply_to")?.text("message_id")
        if members.json.mostUnits > Self.mostUnits {
            let count = members.json.text.utf16.count
            if count > Self.mostUnits {
                members.fault("has \(count) characters of JSON, the limit is \(Self.mostUnits)")
            }
        }
        guard let body else { return nil }
        self.body = body
        self.payloads = payloads
        self.replacements = replacements
        source = .object(
            members.json.members.filter { member in
                member.value != .null && Self.known.contains { $0.isExactly(member.name) }
            })
    }

    private static func payloads(_ members: RequestMembers) -> [Channel: String] {
        guard let given = members.object("explicit_channel_message") else { return [:] }
        var payloads: [Channel: String] = [:]
        for member in given.json.members {
            guard let channel = given.channel(named: member.name), let payload = given.text(member.name) else {
                continue
            }
            payloads[channel] = payload
            if channel == .mms, MMSPayload(text: payload) == nil { given.fault(at: member.name, MMSPayload.form) }
        }
        return payloads
    }

    private static func replacements(_ members: RequestMembers) -> [Channel: Replacement] {
        guard let given = members.object("explicit_channel_omni_message") else { return [:] }
        var replacements: [Channel: Replacement] = [:]
        for member in given.json.members {
            guard let channel = given.channel(named: member.name), let object = given.object(member.name) else {
                continue
            }
            if object.has("template_reference") {
                replacements[channel] = object.value("template_reference").map { .template($0) }
            } else {
                replacements[channel] = MessageBody(object).map { .body($0) }
            }
        }
        return replacements
    }
}

extension RequestMembers {
    /// The channel that the name of a member is.
    func channel(named name: String) -> Channel? {
        guard let channel = Channel(rawValue: name) else {
            fault(at: name, "is no channel; channels are \(Channel.allCases.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        return channel
    }
}
