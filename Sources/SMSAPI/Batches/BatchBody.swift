import GatewayCore

/// A batch as the API prints it. Members that were not given are left out, never null.
struct BatchBody: Encodable {
    let id: String
    let to: [String]
    let from: String
    let isCanceled: Bool
    let body: MediaBody
    let parameters: ParametersBody?
    let type = BatchRequest.Kind.media.rawValue
    let createdAt: Timestamp
    let modifiedAt: Timestamp
    let deliveryReport: String
    let sendAt: Timestamp?
    let expireAt: Timestamp
    let callbackURL: String?
    let clientReference: String?
    let isFeedbackEnabled: Bool
    let strictValidation: Bool?

    init(_ batch: Batch) {
        id = batch.id.description
        to = batch.recipients
        from = batch.originator.text
        isCanceled = batch.isCanceled
        body = MediaBody(
            subject: batch.content.subject, message: batch.content.text, url: batch.content.mediaURL)
        parameters = batch.parameters.isEmpty ? nil : ParametersBody(batch.parameters)
        createdAt = Timestamp(batch.createdAt)
        modifiedAt = Timestamp(batch.modifiedAt)
        deliveryReport = batch.reporting.rawValue
        sendAt = batch.sendAt.map { Timestamp($0) }
        expireAt = Timestamp(batch.expireAt)
        callbackURL = batch.callbackURL
        clientReference = batch.clientReference
        isFeedbackEnabled = batch.isFeedbackEnabled
        strictValidation = batch.strictValidation
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
    }
}

/// `parameters` as sent, keys and numbers sorted.
struct ParametersBody: Encodable {
    private let values: [String: [String: String]]

    init(_ parameters: Parameters) {
        values = parameters.asGiven
    }

    func encode(to encoder: any Encoder) throws {
        var keys = encoder.container(keyedBy: Name.self)
        for (key, values) in values.sorted(by: { $0.key < $1.key }) {
            var recipients = keys.nestedContainer(keyedBy: Name.self, forKey: Name(key))
            for (recipient, value) in values.sorted(by: { $0.key < $1.key }) {
                try recipients.encode(value, forKey: Name(recipient))
            }
        }
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }

        init?(stringValue: String) { self.init(stringValue) }

        init?(intValue: Int) { nil }
    }
}
