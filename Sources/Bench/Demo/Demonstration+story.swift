import CurlHTTP
import Gateway
import GatewayCore
import MM7
import MockMMSC

/// The steps of the story, each shown when it has happened.
extension Demonstration {
    /// Makes gateway and MMSC known to each other, and the customer to the gateway.
    func introduce(mmscPort: Int, ports: Ports, customerPort: Int) {
        let peer = MMSC(
            name: "demo", url: "http://127.0.0.1:\(mmscPort)/mm7", profile: .standard, vaspID: "demo-vasp",
            vasID: "demo", login: MMSC.Login(username: "demo", password: Secret("demo-password")))
        gateway.directory.replace(
            with: Directory(
                servicePlans: [DemoFace.servicePlan],
                projects: [DemoFace.project(account: "demo", customerPort: customerPort)], mmscs: [peer],
                routes: Routes([.init(prefix: "", mmscs: [peer.name])])))
        mmsc.postReports(to: "http://127.0.0.1:\(ports.mm7)/mm7/demo")
    }

    /// Sends by an API and returns the id of what was taken.
    func send(by face: DemoFace, to port: Int, customerPort: Int) async throws -> String {
        var request = HTTPRequest(method: .post, url: "http://127.0.0.1:\(port)\(face.path)")
        request.headers = ["Authorization": face.authorization, "Content-Type": "application/json"]
        request.body = [Array(face.body(customerPort).utf8)[...]]
        let response = try await HTTPClient().send(request)
        guard response.status == face.status, let id = try face.id(in: response.body) else {
            throw DemonstrationFailure("the gateway answered \(response.status): \(response.text)")
        }
        narrator.say("POST \(face.path)  →  \(face.status), \(face.what) \(id) is accepted and on disk")
        return id
    }

    /// Follows what was sent until the customer has heard that it was delivered.
    ///
    /// - Parameter number: how many messages were sent with this one.
    func watch(_ id: String, by face: DemoFace, number: Int) async throws {
        for await sight in customer.sights {
            report(sight)
            if case .pictureFetched = sight { break }
        }
        try await mmsc.journal.wait { $0.accepted + $0.refused + $0.violations >= number }
        guard let submission = mmsc.journal.submissions.last, let messageID = submission.messageID else {
            throw DemonstrationFailure("the MMSC did not accept the message: \(mmsc.journal.submissions)")
        }
        let parts = submission.parts.map { "\($0.contentType) \($0.byteCount) B" }.joined(separator: ", ")
        narrator.say(
            """
            The MMSC took SubmitReq \(submission.transactionID ?? "") (\(submission.byteCount) B: \(parts)) \
            and named it \(messageID)
            """)
        try await mmsc.journal.wait { $0.reportsAnswered >= number }
        narrator.say("The MMSC reported \(messageID) as Retrieved, and the gateway answered 1000")
        for await sight in customer.sights {
            report(sight)
            if case .notified(let body) = sight, body.contains(face.delivered), body.contains(id) {
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
        let calls = [DemoFace.plan, .app].map { face in
            """
              curl -H 'Authorization: \(face.authorization)' -H 'Content-Type: application/json' \\
                http://127.0.0.1:\(port)\(face.path) -d '\(face.body(customerPort))'
            """
        }
        return """

            Send your own, by the SMS REST API or by the Conversation API; the URL may be that of any picture of the \
            public Internet:

            \(calls.joined(separator: "\n\n"))

            A file of this machine is first given to the customer, who hosts it under the same URL:

              curl -T picture.jpg http://127.0.0.1:\(customerPort)\(DemoCustomer.filesPath)/picture.jpg

            Ask what became of a batch, with the id that the answer names:

              curl -H 'Authorization: \(DemoFace.plan.authorization)' \\
                'http://127.0.0.1:\(port)\(DemoFace.plan.path)/ID/delivery_report?type=full'

            Webhook calls are shown here as they come. Ctrl-C ends it.

            """
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
