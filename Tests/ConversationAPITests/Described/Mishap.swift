import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import OAuth

@testable import ConversationAPI

/// How each error of the OpenAPI files comes about.
struct Mishap: Sendable {
    let status: Int
    let call: DescribedFace.Call
    var prepare: @Sendable (inout DescribedFace) async throws -> Void = { _ in }

    static func all(of file: DescribedFile) -> [String: Mishap] {
        common(file).merging(file == .batch ? ofBatches : ofMessages.merging(unknown) { $1 }) { $1 }
    }

    /// Both APIs make contacts.
    private static func common(_ file: DescribedFile) -> [String: Mishap] {
        let contacts = DescribedFace.Call.project("contacts", body: "{}")
        let kept = contacts.changed { $0.key = "once" }
        return [
            "NoJSON": Mishap(status: 400, call: contacts.changed { $0.body = "{" }),
            "TooLarge": Mishap(
                status: 400, call: contacts.changed { $0.body = String(repeating: " ", count: (4 << 20) + 1) }),
            "NoType": Mishap(status: 400, call: contacts.changed { $0.type = nil }),
            "CredentialsWrong": Mishap(status: 401, call: contacts.changed { $0.authorization = nil }),
            "TokenExpired": Mishap(
                status: 401, call: contacts.changed { $0.authorization = "Bearer \(DescribedFace.expiredToken())" }),
            "KeyReused": Mishap(status: 409, call: kept) { face in
                let first = file == .batch ? "BatchContactsRequest" : "ContactRequest"
                let answer = try await face.answer(kept.changed { $0.body = try? file.example(first) })
                guard answer.status == .ok else { throw Unprepared(answer.text) }
            },
            "TooOften": Mishap(status: 429, call: contacts.changed { $0.times = 2 }) {
                $0.limitRequests(perSecond: 1)
            },
            "Failed": Mishap(status: 500, call: kept) { $0.breakStore(.broken("a test")) },
            "StoreUnavailable": Mishap(status: 503, call: kept) { $0.breakStore(.closed) },
            "MethodWrong": Mishap(status: 501, call: .init(method: .delete, path: "/openapi/\(file.rawValue)")),
            "GrantMissing": Mishap(status: 400, call: token("")),
            "GrantUnsupported": Mishap(status: 400, call: token("grant_type=password")),
            "ClientUnknown": Mishap(
                status: 401, call: token("grant_type=client_credentials").changed { $0.authorization = nil }),
            "TokenMethodWrong": Mishap(status: 405, call: .init(method: .get, path: "/oauth2/token")),
        ]
    }

    private static func token(_ form: String) -> DescribedFace.Call {
        .init(path: "/oauth2/token", type: "application/x-www-form-urlencoded", body: form)
    }

    /// Ids that nothing has.
    private static let unknown = [
        "NoApp": "apps/01KN6MZ5G0BAKERYAPPNEVER09", "NoMessage": "messages/01KN6MZ5G0BREADNEVERBAKED9",
        "NoWebhook": "webhooks/01KN6MZ5G0H00KNEVERHANGED9", "NoContact": "contacts/01KN6MZ5G0EATERNEVERSEEN09",
        "NoConversation": "conversations/01KN6MZ5G0TA1KNEVERHEARD09", "NoEvent": "events/01KN6MZ5G0EVENTNEVERSEEN09",
        "NoTemplate": "templates/01KN6MZ5G0TEMP1ATENEVER009", "NoSettings": "settings",
    ].mapValues { Mishap(status: 404, call: .project($0, .get)) }
}

extension Mishap {
    private static let ofMessages: [String: Mishap] = {
        let good = """
            {"app_id": "\(Bakery.app)", "message": {"text_message": {"text": "Come by."}}, "recipient": {"identified_by":
            {"channel_identities": [{"channel": "MMS", "identity": "12025550117"}]}}}
            """
        let send = DescribedFace.Call.project("messages:send", body: good)
        let webhook = example("WebhookRequest", at: "webhooks")
        return [
            "SeveralFaults": Mishap(
                status: 400,
                call: send.changed {
                    $0.body?.replace(#"{"text_me"#, with: #"{"media_message": {"url": "https://a.example/"}, "text_me"#)
                    $0.body?.replace(#"{"app_id""#, with: #"{"queue": "FAST", "app_id""#)
                }),
            "NoID": Mishap(status: 400, call: send.changed { $0.body?.replace(Bakery.app, with: "bakery") }),
            "ContactOfDispatch": Mishap(
                status: 400,
                call: example("ContactSendRequest", at: "messages:send")
                    .changed { $0.body?.replace(Bakery.app, with: Face.dispatchApp) }),
            "AppConfigured": Mishap(status: 400, call: .project("apps/\(Bakery.app)", .delete)),
            "TargetTaken": Mishap(status: 400, call: webhook) { try await $0.make([.app, .webhook]) },
            "WebhooksFull": Mishap(status: 400, call: webhook) { face in
                try await face.make([.app])
                for place in 1...5 {
                    _ = try await face.answer(webhook.changed { $0.body?.replace("hook\"", with: "\(place)\"") })
                }
            },
            "NoProfile": Mishap(status: 400, call: example("ProfileRequest", at: "contacts:getChannelProfile")),
            "IdentityTaken": Mishap(status: 409, call: example("ContactRequest", at: "contacts")) {
                try await $0.make([.contact])
            },
            "AnotherActive": Mishap(status: 409, call: example("ConversationRequest", at: "conversations")) {
                try await $0.make([.contact, .conversation])
            },
            "QueueFull": Mishap(status: 429, call: send) {
                $0.addRoute()
                try await $0.make([.app])
                $0.face.limits.queuedMessages = 0
            },
            "NotServed": Mishap(status: 501, call: .project("events:send", body: "{}")),
        ]
    }()

    private static let ofBatches: [String: Mishap] = {
        let send = DescribedFace.Call.project(
            "messages", body: try? DescribedFile.batch.example("SmallestBatchRequest"))
        return [
            "SeveralBatchFaults": Mishap(
                status: 400,
                call: send.changed {
                    $0.body =
                        #"{"app_id": "\#(Bakery.app)", "message": {"text_message": {"text": ""}}, "recipient_and_params": []}"#
                }),
            "TooFarAhead": Mishap(
                status: 400,
                call: send.changed {
                    $0.body?.replace("{\"app", with: "{\"send_after\": \"2026-03-17T00:00:00Z\", \"app")
                }),
            "NoID": Mishap(status: 400, call: send.changed { $0.body?.replace(Bakery.app, with: "bakery") }),
            "NoQuery": Mishap(status: 400, call: .project("messages", .get)),
            "NoApp": Mishap(
                status: 404, call: send.changed { $0.body?.replace(Bakery.app, with: "01KN6MZ5G0BAKERYAPPNEVER09") }),
            "NoBatch": Mishap(status: 404, call: .project("messages/01KN6MZ5G0BATCHNEVERMADE09", .get)),
            "ContactsTaken": Mishap(
                status: 409,
                call: .project("contacts", body: try? DescribedFile.batch.example("BatchContactsRequest"))
            ) { try await $0.make([.contact]) },
            "QueueFull": Mishap(status: 429, call: send) { $0.face.limits.queuedMessagesOfApp = 0 },
            "ConsentsNotServed": Mishap(status: 501, call: .project("consents", body: "{}")),
        ]
    }()

    private static func example(_ name: String, at path: String) -> DescribedFace.Call {
        .project(path, body: try? DescribedFile.conversation.example(name))
    }
}

/// What a mishap needs could not be made.
struct Unprepared: Error {
    let text: String

    init(_ text: String) { self.text = text }
}

extension DescribedFace.Call {
    func changed(_ change: (inout Self) -> Void) -> Self {
        var call = self
        change(&call)
        return call
    }
}

extension DescribedFace {
    static func expiredToken() -> String {
        AccessToken(for: Face.accessKey, of: Face.customers.projects[Bakery.project]!, now: now - 7200).text
    }

    func limitRequests(perSecond rate: Double) {
        let projects = face.directory.now.projects.values.map { project in
            var project = project
            project.requestsPerSecond = rate
            return project
        }
        face.directory.replace(with: Directory(projects: projects))
    }

    /// What has no route, or is of an app without an account, ends at once and waits for nothing.
    func addRoute() {
        let projects = Array(face.directory.now.projects.values)
        face.directory.replace(
            with: Directory(
                projects: projects, mmscs: [MMSC(name: "north", url: "http://mmsc.example")],
                routes: Routes([.init(prefix: "", mmscs: ["north"])])))
    }

    /// A repeat is looked up before all else.
    mutating func breakStore(_ failure: StoreFailure) {
        face.change = { $0.answers = FailingAnswers(failure: failure) }
    }
}

private struct FailingAnswers: AnswerStore {
    let failure: StoreFailure

    func keptAnswer(to key: String, of owner: Owner, now: Date) throws(StoreFailure) -> KeptAnswer? { throw failure }

    func keep(_ answer: KeptAnswer) throws(StoreFailure) { throw failure }
}
