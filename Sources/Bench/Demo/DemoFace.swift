import FoundationEssentials
import GatewayCore

/// How the demonstration's customer sends by one of the APIs, and how it learns of the delivery.
struct DemoFace: Sendable {
    /// `batch`, `message`
    let what: String
    let path: String
    let authorization: String
    /// What taken requests are answered.
    let status: Int
    /// What the webhook's call says of a delivery, in the API's own words.
    let delivered: String
    /// What is sent to where.
    let body: @Sendable (_ customerPort: Int) -> String

    /// The id of what was taken; nil for an answer that has none.
    func id(in answer: [UInt8]) throws -> String? {
        let taken = try JSONDecoder().decode(Taken.self, from: Data(answer))
        return taken.batch ?? taken.message
    }

    private struct Taken: Decodable {
        let batch: String?
        let message: String?

        enum CodingKeys: String, CodingKey {
            case batch = "id"
            case message = "message_id"
        }
    }

    /// The SMS REST API.
    static let plan = DemoFace(
        what: "batch", path: "/xms/v1/demo/batches", authorization: "Bearer demo-token", status: 201,
        delivered: #""status":"Delivered""#
    ) { port in
        """
        {"type": "mt_media", "to": ["15550100001"], "delivery_report": "per_recipient", \
        "callback_url": "http://127.0.0.1:\(port)\(DemoCustomer.webhookPath)", \
        "body": {"url": "http://127.0.0.1:\(port)\(DemoCustomer.picturePath)", \
        "subject": "Greetings", "message": "The sun sets, the picture travels."}}
        """
    }

    /// The Conversation API.
    static let app = DemoFace(
        what: "message", path: "/v1/projects/\(project)/messages:send",
        authorization: "Basic \(Data("\(key):\(secret)".utf8).base64EncodedString())", status: 200,
        delivered: #""status":"DELIVERED""#
    ) { port in
        """
        {"app_id": "\(appID)", "recipient": {"identified_by": {"channel_identities": \
        [{"channel": "MMS", "identity": "15550100001"}]}}, "message": {"card_message": \
        {"title": "Greetings", "description": "The sun sets, the picture travels.", "media_message": \
        {"url": "http://127.0.0.1:\(port)\(DemoCustomer.picturePath)"}, \
        "choices": [{"text_message": {"text": "More"}}]}}}
        """
    }

    private static let project = "00000000-0000-4000-8000-00000000de30"
    private static let appID = "01KN6MZ5G0DEM0APP000000001"
    private static let key = "demo-key"
    private static let secret = "demo-secret"
    private static let sender = Originator("12025550100")

    /// The customers of the demonstration, as a configuration would have them.
    static var servicePlan: ServicePlan {
        var plan = ServicePlan(id: "demo", apiTokens: [Secret("demo-token")])
        plan.customer.defaultOriginator = sender
        return plan
    }

    /// - Parameter account: that of the MMSC.
    static func project(account: String, customerPort: Int) -> Project {
        var app = Project.App(id: appID, defaultSender: sender)
        app.account = account
        app.webhooks = [
            Project.Webhook(
                id: "01KN6MZ5G0DEM0H00K00000001",
                target: "http://127.0.0.1:\(customerPort)\(DemoCustomer.webhookPath)", triggers: [.messageDelivery])
        ]
        return Project(
            id: project, accessKeys: [Project.AccessKey(id: key, secret: Secret(secret))], apps: [app])
    }
}
