import CustomerServing
import GatewayCore

/// What an app sends with on one channel. Those of MMS are understood; those of others are kept, so that a request may
/// name the channel.
struct ChannelCredentials: Equatable, Sendable {
    let channel: Channel
    /// With all secrets; as the store keeps it, sealed.
    var json: JSONValue
    /// What an MMSC is spoken to with; nil for another channel.
    let mms: MMSCredentials?

    static let limit = 20
    fileprivate static let longestCallbackSecret = 256
    /// Characters of all credentials of an app together, which stay in memory.
    static let mostUnits = 50_000

    /// As the API prints it: with the mask in the place of each secret.
    var printed: JSONValue {
        var printed: JSONValue = ["channel": .string(channel.rawValue)]
        for member in json.members where !Self.ownNames.contains(member.name) {
            printed[member.name] = member.value.masked
        }
        printed["callback_secret"] = json["callback_secret"]?.masked ?? ""
        printed["state"] = ["status": "ACTIVE", "description": ""]
        printed["channel_known_id"] = ""
        printed["credential_ordinal_number"] = json["credential_ordinal_number"].flatMap { $0 == .null ? nil : $0 } ?? 0
        return printed
    }

    private static let ownNames: Set = [
        "channel", "callback_secret", "state", "channel_known_id", "credential_ordinal_number",
    ]
}

extension ChannelCredentials: RequestBody {
    init?(_ members: RequestMembers) {
        let channel: Channel? = members.has("channel") ? members.word("channel") : members.missing("channel")
        _ = members.text("callback_secret", atMost: Self.longestCallbackSecret)
        _ = members.integer("credential_ordinal_number", in: 0...255)
        // What other channels have is kept as it is, but not without end.
        guard members.json.mostUnits <= Self.mostUnits else {
            members.fault("has more than a channel's credentials have")
            return nil
        }
        if members.json.hasMask { members.fault("has a mask in the place of a secret that is not known here") }
        guard let channel else { return nil }
        mms = channel == .mms ? members.requiredValue("mms_credentials") : nil
        if channel == .mms, mms == nil { return nil }
        self.channel = channel
        json = members.json
    }
}

/// An account at an MMSC, as the API names its parts.
struct MMSCredentials: Equatable, Sendable {
    let accountID: String
    /// The VASPID.
    let apiKey: Secret
    /// Used where a request names no `MMS_SENDER`.
    let defaultSender: Originator?
    /// What the MMSC asks for.
    let login: MMSC.Login?

    private static let longest = 256
}

extension MMSCredentials: RequestBody {
    init?(_ members: RequestMembers) {
        let account = members.requiredLine("account_id", atMost: Self.longest)
        let key = members.requiredLine("api_key", atMost: Self.longest)
        defaultSender = members.text("default_sender").nonEmpty.flatMap { sender in
            members.checked(at: "default_sender") { () throws(MalformedRequest) in
                try Originator(sender, member: "default_sender")
            }
        }
        login = members.object("basic_auth").flatMap { auth -> MMSC.Login? in
            let user = auth.requiredText("username", atMost: Self.longest)
            let password = auth.requiredText("password", atMost: Self.longest)
            guard let user, let password else { return nil }
            return MMSC.Login(username: user, password: Secret(password))
        }
        guard let account, let key else { return nil }
        accountID = account
        apiKey = Secret(key)
    }
}
