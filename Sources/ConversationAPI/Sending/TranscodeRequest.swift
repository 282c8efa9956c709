import CustomerServing
import HTTPServing

/// The body of `messages:transcode`.
struct TranscodeRequest: Equatable, Sendable {
    let appID: String
    let message: AppMessage
    /// Never empty.
    let channels: [Channel]
}

extension TranscodeRequest: RequestBody {
    init?(_ members: RequestMembers) {
        let appID = members.appID()
        let message: AppMessage? = members.requiredValue("app_message")
        let channels: [Channel]? = members.has("channels") ? members.words("channels") : members.missing("channels")
        if channels == [] { members.fault(at: "channels", "must have at least one channel") }
        for (index, channel) in (channels ?? []).enumerated() where channel != .mms {
            members.faults.note(
                at: .element(members.place("channels"), index), "must be MMS, the one channel served here")
        }
        _ = members.text("from")
        _ = members.text("to")
        guard let appID, let message, let channels else { return nil }
        self.init(appID: appID, message: message, channels: channels)
    }
}

/// What `messages:transcode` answers: each channel's own form of the message.
struct TranscodeResponse: Encodable {
    let message: MMSPayload

    func encode(to encoder: any Encoder) throws {
        let text = String(decoding: JSONText.bytes(of: message), as: UTF8.self)
        let json: JSONValue = ["transcoded_message": [Channel.mms.rawValue: .string(text)]]
        try json.encode(to: encoder)
    }
}

/// What `messages:send` answers.
struct SendResponse: Encodable {
    let messageID: String
    let acceptedTime: Timestamp

    enum CodingKeys: String, CodingKey {
        case messageID = "message_id"
        case acceptedTime = "accepted_time"
    }
}
