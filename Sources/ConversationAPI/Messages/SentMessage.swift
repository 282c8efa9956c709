import GatewayCore
import HTTPServing

/// What the API knows of a message that an app sent, beside what its batch says: whatever it gives back of it later.
struct SentMessage: Equatable, Sendable {
    /// The app message as JSON, as the app wrote it. It is printed as it is.
    var appMessage: String
    /// With whom it was exchanged; what is not known is empty.
    var correspondence: Correspondence
    /// The `message_metadata` of the request, or what a change made of it. Comes back with every receipt.
    var metadata = ""
    var correlationID = ""
    /// The `conversation_metadata` of the request, for what the recipient answers where no conversation is kept.
    var conversationMetadata: JSONValue?
    /// Where it was in a batch of this API; nil where it was sent by itself.
    var batchPlace: DeliveryReportBody.BatchPlace?
    /// Why it was not sent, although it was accepted; nil for what was.
    var reason: DeliveryReason?
    /// What its recipient may answer with, in the order in which it is read.
    var choices: [OfferedChoice] = []

    /// How it ended or how far it is, as receipts say it; nil where nothing is said.
    func status(_ message: Message) -> DeliveryStatus? {
        if case .aborted(.unsendable) = message.state, let reason { return .failed(reason) }
        return DeliveryStatus(message.state, text: message.statusText)
    }
}

/// The echo of its batch. The names are kept in the database, and one that is added has to be optional: older messages do
/// not have it.
extension SentMessage {
    /// Members of which most messages have few: what is empty is left out.
    var echo: Echo {
        var members: JSONValue = [
            "identity": correspondence.identity.json, "mode": .string(correspondence.mode.rawValue),
        ]
        members.set("contact_id", correspondence.contactID)
        members.set("conversation_id", correspondence.conversationID)
        members.set("metadata", metadata)
        members.set("correlation_id", correlationID)
        members["conversation_metadata"] = conversationMetadata
        members["batch"] = batchPlace.map { ["id": .string($0.batchID), "index": .number("\($0.index)")] }
        members["reason"] = reason.map {
            [
                "code": .string($0.code.rawValue), "description": .string($0.description),
                "sub_code": .string($0.subCode.rawValue),
            ]
        }
        if !choices.isEmpty { members["choices"] = .array(choices.map(\.json)) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(appMessage.utf8.count + 512)
        members.write(to: &bytes)
        bytes.removeLast()
        bytes += #","\#(Self.messageName)":"#.utf8
        bytes += appMessage.utf8
        bytes.append(UInt8(ascii: "}"))
        return Echo(String(decoding: bytes, as: UTF8.self))
    }

    private static let messageName = "app_message"

    /// Nil where it is none of this API.
    init?(_ echo: Echo) {
        guard let (members, text) = JSONValue.object(echo.text, leaving: Self.messageName), let text,
            let identity = members["identity"].flatMap({ ChannelIdentity(stored: $0) }),
            let mode = members["mode"]?.string.flatMap(ProcessingMode.init)
        else { return nil }
        appMessage = text
        correspondence = Correspondence(
            identity: identity, mode: mode, conversationID: members["conversation_id"]?.string ?? "",
            contactID: members["contact_id"]?.string ?? "")
        metadata = members["metadata"]?.string ?? ""
        correlationID = members["correlation_id"]?.string ?? ""
        conversationMetadata = members["conversation_metadata"]
        batchPlace = members["batch"].flatMap { DeliveryReportBody.BatchPlace(stored: $0) }
        reason = members["reason"].flatMap { DeliveryReason(stored: $0) }
        if case .array(let kept) = members["choices"] { choices = kept.compactMap { OfferedChoice(stored: $0) } }
    }
}

extension JSONValue {
    /// A new last member, unless the text is empty.
    fileprivate mutating func set(_ name: String, _ text: String) {
        if !text.isEmpty { self[name] = .string(text) }
    }
}

extension ChannelIdentity {
    /// What `json` was.
    init?(stored: JSONValue) {
        guard let channel = stored["channel"]?.string.flatMap(Channel.init), let identity = stored["identity"]?.string
        else { return nil }
        self.init(channel, identity, appID: stored["app_id"]?.string ?? "")
    }
}

extension DeliveryReportBody.BatchPlace {
    fileprivate init?(stored: JSONValue) {
        guard let id = stored["id"]?.string, case .number(let digits)? = stored["index"], let index = Int(digits) else {
            return nil
        }
        self.init(batchID: id, index: index)
    }
}

extension DeliveryReason {
    /// A reason that was kept. One of a code that there is no more is unknown.
    init?(stored: JSONValue) {
        guard let code = stored["code"]?.string, let description = stored["description"]?.string else { return nil }
        self.init(
            Code(rawValue: code) ?? .unknown, description,
            stored["sub_code"]?.string.flatMap(SubCode.init) ?? .unspecified)
    }
}

extension OfferedChoice {
    fileprivate var json: JSONValue {
        var json: JSONValue = ["text": .string(text)]
        json["postback"] = postback.map { .string($0) }
        return json
    }

    fileprivate init?(stored: JSONValue) {
        guard let text = stored["text"]?.string else { return nil }
        self.init(text: text, postback: stored["postback"]?.string)
    }
}
