import GatewayCore

/// The body of a send. Every member may be absent or null; what has to be there is checked after the types are.
struct BatchRequest: Decodable {
    var type: Kind
    var to: [String]?
    var from: String?
    var deliveryReport: Batch.Reporting
    var sendAt: String?
    var expireAt: String?
    var callbackURL: String?
    var clientReference: String?
    var isFeedbackEnabled: Bool?
    /// Read for `mt_media` only, as the other types have other bodies.
    var body: MediaBody?
    /// Key, then number or `default`, then value.
    var parameters: [String: [String: String]]
    var strictValidation: Bool?

    enum Kind: String, CaseIterable {
        case text = "mt_text"
        case binary = "mt_binary"
        case media = "mt_media"
    }

    enum CodingKeys: String, CodingKey {
        case type, to, from, body, parameters
        case deliveryReport = "delivery_report"
        case sendAt = "send_at"
        case expireAt = "expire_at"
        case callbackURL = "callback_url"
        case clientReference = "client_reference"
        case isFeedbackEnabled = "feedback_enabled"
        case strictValidation = "strict_validation"
    }

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
        isFeedbackEnabled = try members.decodeIfPresent(Bool.self, forKey: .isFeedbackEnabled)
        guard type == .media else {
            parameters = [:]
            return
        }
        body = try members.decodeIfPresent(MediaBody.self, forKey: .body)
        let given = try members.decodeIfPresent([String: [String: String?]?].self, forKey: .parameters) ?? [:]
        parameters = given.compactMapValues { $0?.compactMapValues { $0 } }
        strictValidation = try members.decodeIfPresent(Bool.self, forKey: .strictValidation)
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

extension KeyedDecodingContainer {
    /// One of a few words; the error lists them.
    fileprivate func decodeWord<Word>(forKey key: Key) throws -> Word?
    where Word: RawRepresentable<String> & CaseIterable {
        guard let text = try decodeIfPresent(String.self, forKey: key) else { return nil }
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw SMSAPIError.invalidJSON("'\(key.stringValue)': must be one of \(words)")
        }
        return word
    }
}
