import GatewayCore

/// The channels of the API, of which this gateway serves one. `CHANNEL_UNSPECIFIED` is in no request and not here.
enum Channel: String, CaseIterable, Encodable, Sendable {
    case mms = "MMS"
    case sms = "SMS"
    case rcs = "RCS"
    case whatsapp = "WHATSAPP"
    case messenger = "MESSENGER"
    case viberBM = "VIBERBM"
    case instagram = "INSTAGRAM"
    case telegram = "TELEGRAM"
    case kakaoTalk = "KAKAOTALK"
    case kakaoTalkChat = "KAKAOTALKCHAT"
    case line = "LINE"
    case weChat = "WECHAT"
    case appleBC = "APPLEBC"
    // Channels that only old clients name.
    case viber = "VIBER"
    case sinchChat = "SINCH_CHAT"

    /// Whether its identities are numbers, which are compared and printed by their digits.
    var hasNumbers: Bool {
        switch self {
        case .mms, .sms, .rcs, .whatsapp, .viberBM, .viber: true
        case .messenger, .instagram, .telegram, .kakaoTalk, .kakaoTalkChat, .line, .weChat, .appleBC, .sinchChat: false
        }
    }
}

/// Somebody on a channel: for MMS a number, as digits alone where it is one.
struct ChannelIdentity: Hashable, Encodable, Sendable {
    let channel: Channel
    let identity: String
    /// The app that it is known to, on channels where each app knows people by other names; empty for MMS.
    var appID = ""

    init(_ channel: Channel, _ identity: String, appID: String = "") {
        self.channel = channel
        self.identity = channel.hasNumbers ? MSISDN(identity)?.digits ?? identity : identity
        self.appID = channel.hasNumbers ? "" : appID
    }

    /// Nil where it is no number.
    var number: MSISDN? { channel.hasNumbers ? MSISDN(identity) : nil }

    enum CodingKeys: String, CodingKey {
        case channel, identity
        case appID = "app_id"
    }

    static let longest = 1024
}

extension ChannelIdentity: RequestBody {
    init?(_ members: RequestMembers) {
        let channel: Channel? = members.has("channel") ? members.word("channel") : members.missing("channel")
        let identity = members.requiredText("identity", atMost: Self.longest)
        let app = members.text("app_id") ?? ""
        guard let channel, let identity else { return nil }
        self.init(channel, identity, appID: app)
    }

    /// As the API prints it, and as the store keeps it.
    var json: JSONValue {
        ["channel": .string(channel.rawValue), "identity": .string(identity), "app_id": .string(appID)]
    }
}
