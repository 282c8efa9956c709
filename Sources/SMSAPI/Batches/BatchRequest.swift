import CustomerServing
import GatewayCore

/// The request for a batch, in the words of the API. Every member may be absent or null; what has to be there is
/// checked after the types are.
struct BatchRequest {
    var type: Kind = .text
    var to: [String]?
    var from: String?
    var deliveryReport = DeliveryReportWord.none
    var sendAt: String?
    var expireAt: String?
    var callbackURL: String?
    var clientReference: String?
    /// The `body` of `mt_media`.
    var body: MediaBody?
    /// The `body` of `mt_text`.
    var text: String?
    /// Whether the body of a text batch is no string; that matters only to those who may send texts.
    var isTextOfWrongType = false
    /// Key, then number or `default`, then value.
    var parameters: [String: [String: String]] = [:]
    /// What answers give back as the request had it.
    var echo = SMSEcho()

    enum Kind: String, CaseIterable {
        case text = "mt_text"
        case binary = "mt_binary"
        case media = "mt_media"
    }

    enum CodingKeys: String, CodingKey {
        case type, to, from, body, parameters, tags
        case deliveryReport = "delivery_report"
        case sendAt = "send_at"
        case expireAt = "expire_at"
        case callbackURL = "callback_url"
        case clientReference = "client_reference"
        case isFeedbackEnabled = "feedback_enabled"
        case strictValidation = "strict_validation"
        case isFlash = "flash_message"
        case maxParts = "max_number_of_message_parts"
        case truncatesConcat = "truncate_concat"
        case fromTON = "from_ton"
        case fromNPI = "from_npi"
        case toAdd = "to_add"
        case toRemove = "to_remove"
    }

    typealias Members = KeyedDecodingContainer<CodingKeys>
}

extension BatchRequest: Decodable {
    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        type = try members.decodeWord(forKey: .type) ?? .text
        to = try members.decodeIfPresent([String].self, forKey: .to)
        from = try members.decodeIfPresent(String.self, forKey: .from)
        deliveryReport = try members.decodeWord(forKey: .deliveryReport) ?? .none
        sendAt = try members.decodeIfPresent(String.self, forKey: .sendAt)
        expireAt = try members.decodeIfPresent(String.self, forKey: .expireAt)
        callbackURL = try members.decodeIfPresent(String.self, forKey: .callbackURL)
        clientReference = try members.decodeIfPresent(String.self, forKey: .clientReference)
        echo.isFeedbackEnabled = try members.decodeIfPresent(Bool.self, forKey: .isFeedbackEnabled)
        echo.tags = try members.decodeIfPresent([String].self, forKey: .tags)
        switch type {
        case .media:
            body = try members.decodeIfPresent(MediaBody.self, forKey: .body)
            echo.strictValidation = try members.decodeIfPresent(Bool.self, forKey: .strictValidation)
        case .text:
            text = try? members.decodeIfPresent(String.self, forKey: .body)
            isTextOfWrongType = try text == nil && members.contains(.body) && !members.decodeNil(forKey: .body)
            echo.textOptions = try TextOptions(members)
        case .binary: return
        }
        parameters = try members.decodeParameters() ?? [:]
    }
}

extension TextOptions {
    init(_ members: BatchRequest.Members) throws {
        self.init(
            isFlash: try members.decodeIfPresent(Bool.self, forKey: .isFlash),
            maxParts: try members.decodeIfPresent(Int.self, forKey: .maxParts),
            truncatesConcat: try members.decodeIfPresent(Bool.self, forKey: .truncatesConcat),
            fromTON: try members.decodeIfPresent(Int.self, forKey: .fromTON),
            fromNPI: try members.decodeIfPresent(Int.self, forKey: .fromNPI))
    }
}

/// The `body` of an `mt_media` batch, in requests and in answers.
struct MediaBody: Codable {
    var subject: String?
    var message: String?
    var url: String?

    static let longestSubject = 80
    static let longestMessage = 2000
}

extension BatchRequest.Members {
    /// Nulls among keys and values are left out, as everywhere.
    func decodeParameters() throws -> [String: [String: String]]? {
        let given = try decodeIfPresent([String: [String: String?]?].self, forKey: .parameters)
        return given?.compactMapValues { $0?.compactMapValues { $0 } }
    }
}
