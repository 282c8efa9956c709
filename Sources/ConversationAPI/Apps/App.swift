import GatewayCore

/// An app as its project sees it: what it sends with, and how it keeps what it sent.
struct App: Equatable, Sendable {
    let displayName: String
    /// In the order in which channels are tried.
    let credentials: [ChannelCredentials]
    let mode: ProcessingMode
    let metadataView: MetadataView
    let retention: Retention
    let dispatchRetention: Retention
    /// Signs calls to the address that a message names.
    let callbackSecret: Secret?
    /// Seconds from the first failure until the last try.
    let retrySeconds: Int
    let fallback: Fallback
    /// Newer settings that change nothing for MMS: whether each is enabled.
    let others: [JSONValue.Member]

    /// Whether conversations that callbacks name come with their metadata.
    enum MetadataView: String, CaseIterable, Sendable {
        case none = "NONE"
        case full = "FULL"
    }

    /// Another channel after a time without receipt, which MMS alone has none of.
    struct Fallback: Equatable, Sendable {
        var isEnabled = false
        var waitSeconds = 0
    }

    /// How long what was sent and received is kept.
    struct Retention: Equatable, Sendable {
        var kind: Kind
        var days: Int

        enum Kind: String, CaseIterable, Sendable {
            case message = "MESSAGE_EXPIRE_POLICY"
            case conversation = "CONVERSATION_EXPIRE_POLICY"
            case persist = "PERSIST_RETENTION_POLICY"
        }

        static let standard = Retention(kind: .message, days: 180)
        /// Nothing is kept.
        static let dispatch = Retention(kind: .message, days: 0)
    }

    static let memberNames =
        [
            "display_name", "channel_credentials", "processing_mode", "conversation_metadata_report_view",
            "retention_policy", "dispatch_retention_policy", "callback_settings", "message_retry_settings",
            "delivery_report_based_fallback",
        ] + otherNames

    fileprivate static let otherNames = ["smart_conversation", "persist_message_status", "message_search"]
    fileprivate static let longestName = 256

    var channels: Set<Channel> { Set(credentials.map(\.channel)) }

    /// The account of the app's MMS channel.
    var mms: MMSCredentials? { credentials.lazy.compactMap(\.mms).first }
}

extension App: RequestBody {
    init?(_ members: RequestMembers) {
        let name = members.requiredText("display_name", atMost: Self.longestName)
        let credentials: [ChannelCredentials]? = members.values(
            "channel_credentials", count: 1...ChannelCredentials.limit)
        mode = members.word("processing_mode") ?? .dispatch
        metadataView = members.word("conversation_metadata_report_view") ?? .none
        retention = members.object("retention_policy").map { Retention($0, 1...3650, .standard) } ?? .standard
        dispatchRetention =
            members.object("dispatch_retention_policy").map { Retention($0, 0...7, .dispatch) } ?? .dispatch
        callbackSecret = members.object("callback_settings")?
            .text("secret_for_overridden_callback_urls", atMost: AppWebhook.longestSecret).nonEmpty.map { Secret($0) }
        if callbackSecret?.reveal() == Mask.text { members.fault(at: "callback_settings", Mask.problem) }
        retrySeconds = members.object("message_retry_settings")?.integer("retry_duration", in: 30...3600) ?? 3600
        fallback = members.object("delivery_report_based_fallback").map { Fallback($0) } ?? Fallback()
        others = Self.otherNames.compactMap { name in
            members.object(name)?.flag("enabled").map { JSONValue.Member(name, ["enabled": .bool($0)]) }
        }
        if let credentials, credentials.reduce(0, { $0 + $1.json.mostUnits }) > ChannelCredentials.mostUnits {
            members.fault(at: "channel_credentials", "have more than the credentials of an app's channels have")
        }
        for (index, one) in (credentials ?? []).enumerated()
        where credentials?[..<index].contains(where: { $0.channel == one.channel }) == true {
            members.faults.note(
                at: .element(members.place("channel_credentials"), index), "is the second of \(one.channel.rawValue)")
        }
        guard let name, let credentials else { return nil }
        displayName = name
        self.credentials = credentials
    }
}

extension App.Retention {
    fileprivate init(_ members: RequestMembers, _ range: ClosedRange<Int>, _ other: Self) {
        kind = members.word("retention_type") ?? other.kind
        days = members.integer("ttl_days", in: range) ?? other.days
        if range.lowerBound == 0, kind != .message {
            members.fault(at: "retention_type", "must be \(Kind.message.rawValue)")
        }
    }
}

extension App.Fallback {
    fileprivate init(_ members: RequestMembers) {
        isEnabled = members.flag("enabled") ?? false
        let wait = members.integer("delivery_report_waiting_time", in: 0...259_200) ?? 0
        if isEnabled || wait != 0, wait < 10 {
            members.fault(at: "delivery_report_waiting_time", "must be 10 to 259200, and is \(wait)")
        }
        waitSeconds = wait
    }
}
