import CurlHTTP
import FoundationEssentials
import Gateway
import GatewayCore
import MM7
import MockMMSC

/// The steps of the story, each shown when it has happened.
extension Demonstration {
    /// Makes gateway and MMSC known to each other, and the customer to the gateway.
    func introduce(mmscPort: Int, ports: Ports) {
        var plan = ServicePlan(id: Self.plan, apiTokens: [Secret(Self.token)])
        plan.customer.defaultOriginator = Originator("12025550100")
        let peer = MMSC(
            name: "demo", url: "http://127.0.0.1:\(mmscPort)/mm7", profile: .standard, vaspID: "demo-vasp",
            vasID: "demo", login: MMSC.Login(username: "demo", password: Secret("demo-password")))
        gateway.directory.replace(
            with: Directory(
                servicePlans: [plan], mmscs: [peer], routes: Routes([.init(prefix: "", mmscs: [peer.name])])))
        mmsc.postReports(to: "http://127.0.0.1:\(ports.mm7)/mm7/demo")
    }

    /// Posts a batch and returns its id.
    func send(to port: Int, customerPort: Int) async throws -> String {
        var request = HTTPRequest(method: .post, url: "http://127.0.0.1:\(port)\(Self.path)")
        request.headers = ["Authorization": "Bearer \(Self.token)", "Content-Type": "application/json"]
        request.body = [Array(Self.order(customerPort: customerPort).utf8)[...]]
        let response = try await HTTPClient().send(request)
        guard response.status == 201 else {
            throw DemonstrationFailure("the gateway answered \(response.status): \(response.text)")
        }
        let id = try JSONDecoder().decode(Taken.self, from: Data(response.body)).id
        narrator.say("POST \(Self.path)  →  201, batch \(id) is accepted and on disk")
        return id
    }

    /// Follows the batch until the customer has heard that it was delivered.
    func watch(_ batch: String) async throws {
        for await sight in customer.sights {
            report(sight)
            if case .pictureFetched = sight { break }
        }
        try await mmsc.journal.wait { $0.accepted + $0.refused + $0.violations > 0 }
        guard let submission = mmsc.journal.submissions.last, let messageID = submission.messageID else {
            throw DemonstrationFailure("the MMSC did not accept the message: \(mmsc.journal.submissions)")
        }
        let parts = submission.parts.map { "\($0.contentType) \($0.byteCount) B" }.joined(separator: ", ")
        narrator.say(
            """
            The MMSC took SubmitReq \(submission.transactionID ?? "") (\(submission.byteCount) B: \(parts)) \
            and named it \(messageID)
            """)
        try await mmsc.journal.wait { $0.reportsAnswered > 0 }
        narrator.say("The MMSC reported \(messageID) as Retrieved, and the gateway answered 1000")
        for await sight in customer.sights {
            report(sight)
            if case .notified(let body) = sight, body.contains(#""status":"Delivered""#), body.contains(batch) {
                return narrator.say("Delivered, and the customer knows: the whole way")
            }
        }
        throw DemonstrationFailure("the webhook was not called")
    }

    func report(_ sight: DemoCustomer.Sight) {
        switch sight {
        case .listening: break
        case .pictureFetched: narrator.say("The gateway fetched the picture from the customer")
        case .notified(let body): narrator.say("The customer's webhook was called: \(body)")
        }
    }

    /// The instructions for sending a message of one's own.
    func invitation(port: Int, customerPort: Int) -> String {
        """

        Send your own; the URL may be that of any picture of the public Internet:

          curl -H 'Authorization: Bearer \(Self.token)' -H 'Content-Type: application/json' \\
            http://127.0.0.1:\(port)\(Self.path) -d '\(Self.order(customerPort: customerPort))'

        A file of this machine is first given to the customer, who hosts it under the same URL:

          curl -T picture.jpg http://127.0.0.1:\(customerPort)\(DemoCustomer.filesPath)/picture.jpg

        Ask what became of it, with the id that the answer names:

          curl -H 'Authorization: Bearer \(Self.token)' \\
            'http://127.0.0.1:\(port)\(Self.path)/ID/delivery_report?type=full'

        Webhook calls are shown here as they come. Ctrl-C ends it.

        """
    }

    private static let plan = "demo"
    private static let token = "demo-token"
    private static let path = "/xms/v1/\(plan)/batches"

    private static func order(customerPort: Int) -> String {
        """
        {"type": "mt_media", "to": ["15550100001"], "delivery_report": "per_recipient", \
        "callback_url": "http://127.0.0.1:\(customerPort)\(DemoCustomer.webhookPath)", \
        "body": {"url": "http://127.0.0.1:\(customerPort)\(DemoCustomer.picturePath)", \
        "subject": "Greetings", "message": "The sun sets, the picture travels."}}
        """
    }

    private struct Taken: Decodable {
        let id: String
    }
}

/// Why the story did not end well.
struct DemonstrationFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

extension HTTPResponse {
    fileprivate var text: String { String(decoding: body, as: UTF8.self) }
}
