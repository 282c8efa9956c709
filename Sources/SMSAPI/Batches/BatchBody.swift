import CustomerServing
import GatewayCore
import HTTPServing

/// A batch as the API prints it. Members that were not given are left out, never null.
struct BatchBody: Encodable {
    let id: String
    let to: [String]
    let from: String
    let isCanceled: Bool
    let body: Content
    let parameters: ParametersBody?
    let type: String
    let createdAt: Timestamp
    let modifiedAt: Timestamp
    let deliveryReport: String
    let sendAt: Timestamp?
    let expireAt: Timestamp
    let callbackURL: String?
    let clientReference: String?
    let isFeedbackEnabled: Bool
    let strictValidation: Bool?
    // Only a text batch has these.
    let isFlash: Bool?
    let maxParts: Int?
    let truncatesConcat: Bool?
    let fromTON: Int?
    let fromNPI: Int?

    /// A text, or media.
    enum Content: Encodable {
        case text(String)
        case media(MediaBody)

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .text(let text): try text.encode(to: encoder)
            case .media(let body): try body.encode(to: encoder)
            }
        }
    }

    /// The parameters of what was just taken, or none.
    init(_ batch: Batch) throws {
        let parameters = batch.order.parameters
        try self.init(batch, parameters.isEmpty ? nil : .given(parameters))
    }

    /// The parameters as the store has them.
    init(_ stored: StoredBatch) throws {
        if case .text(let text) = stored.parameters {
            try self.init(stored.batch, .text(JSONVerbatim(text)))
        } else {
            try self.init(stored.batch, nil)
        }
    }

    private init(_ batch: Batch, _ parameters: ParametersBody?) throws {
        let (order, content) = (batch.order, batch.order.content)
        let echo = try SMSEcho(order.echo)
        id = batch.id.description
        to = order.recipients
        from = order.originator.text
        isCanceled = batch.isCanceled
        if let medium = content.media.first {
            type = BatchRequest.Kind.media.rawValue
            body = .media(MediaBody(subject: content.subject, message: content.text, url: medium.url))
            isFlash = nil
        } else {
            type = BatchRequest.Kind.text.rawValue
            body = .text(content.text ?? "")
            isFlash = echo.textOptions?.isFlash ?? false
        }
        maxParts = echo.textOptions?.maxParts
        truncatesConcat = echo.textOptions?.truncatesConcat
        fromTON = echo.textOptions?.fromTON
        fromNPI = echo.textOptions?.fromNPI
        self.parameters = parameters
        createdAt = Timestamp(batch.createdAt)
        modifiedAt = Timestamp(batch.modifiedAt)
        deliveryReport = DeliveryReportWord(order.interest).rawValue
        sendAt = order.sendAt.map { Timestamp($0) }
        expireAt = Timestamp(order.expireAt)
        callbackURL = order.callbackURL
        clientReference = order.reference
        isFeedbackEnabled = echo.isFeedbackEnabled ?? false
        strictValidation = echo.strictValidation
    }

    enum CodingKeys: String, CodingKey {
        case id, to, from
        case isCanceled = "canceled"
        case body, parameters, type
        case createdAt = "created_at"
        case modifiedAt = "modified_at"
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
    }
}

/// `parameters` as sent, keys and numbers sorted.
enum ParametersBody: Encodable {
    case given(Parameters)
    case text(JSONVerbatim)

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .given(let parameters): try encode(parameters.asGiven, to: encoder)
        case .text(let text):
            var container = encoder.singleValueContainer()
            try container.encode(text)
        }
    }

    private func encode(_ values: [String: [String: String]], to encoder: any Encoder) throws {
        var keys = encoder.container(keyedBy: MemberName.self)
        for (key, values) in values.sorted(by: { $0.key < $1.key }) {
            var recipients = keys.nestedContainer(keyedBy: MemberName.self, forKey: MemberName(key))
            for (recipient, value) in values.sorted(by: { $0.key < $1.key }) {
                try recipients.encode(value, forKey: MemberName(recipient))
            }
        }
    }
}
