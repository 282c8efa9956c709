import CurlHTTP
import Foundation
import GatewayCore
import TestPeers

@testable import Gateway

/// A project with one app on the line, and calls in its name.
extension Line {
    static let project = "7f0e9a4c-0000-4000-8000-000000000001"
    static let app = "01E3S8B6YCMRNR0GGM94H80ACX"
    static let number = "12025550100"

    /// Gives the gateway a project with an app that sends and receives as `12025550100`, and webhooks.
    func openApp(
        _ mode: Project.ProcessingMode = .dispatch,
        triggers: [Project.Trigger] = [.messageDelivery, .messageInbound]
    ) {
        var app = Project.App(id: Self.app, defaultSender: Originator(Self.number), numbers: [Self.number])
        app.account = "A1"
        app.processingMode = mode
        app.webhooks = [
            Project.Webhook(id: ULID(hashing: "webhook").description, target: webhookURL, triggers: triggers)
        ]
        openProject([app])
    }

    /// Gives the gateway a project with those apps.
    func openProject(_ apps: [Project.App] = []) {
        var directory = gateway.directory.now
        let key = Project.AccessKey(id: "key", secret: Secret("secret"))
        directory.projects[Self.project] = Project(id: Self.project, accessKeys: [key], apps: apps)
        gateway.directory.replace(with: directory)
    }

    private var webhookURL: String { customerURL + "/webhook" }

    /// Sends a message by the app and returns its id.
    func send(
        _ message: String, by app: String = Line.app, to number: String = "15550100001", more: String = ""
    ) async throws -> String {
        let (status, body) = try await trySending(message, by: app, to: number, more: more)
        guard status == 200, let id = body["message_id"] as? String else { throw Unexpected("\(status): \(body)") }
        return id
    }

    /// Status and body of what a message is answered with.
    func trySending(
        _ message: String, by app: String = Line.app, to number: String = "15550100001", more: String = ""
    ) async throws -> (Int, [String: Any]) {
        try await call(
            .post, "messages:send",
            """
            {"app_id":"\(app)","recipient":{"identified_by":{"channel_identities":[{"channel":"MMS",\
            "identity":"\(number)"}]}},"message":\(message)\(more)}
            """)
    }

    func call(
        _ method: HTTPMethod, _ path: String, _ body: String? = nil
    ) async throws -> (Int, [String: Any]) {
        var request = HTTPRequest(
            method: method, url: "http://127.0.0.1:\(ports.customers)/v1/projects/\(Self.project)/\(path)")
        request.credentials = BasicCredentials(username: "key", password: "secret")
        if let body {
            request.headers = ["Content-Type": "application/json"]
            request.body = [Array(body.utf8)[...]]
        }
        return try await answer(to: request)
    }

    /// The callbacks that the app got so far which have that member, in the order of their coming.
    func callbacks(_ member: String) throws -> [Callback] {
        try customer.seen.calls.map { try Callback($0) }.filter { $0[member] != nil }
    }

    /// The statuses of the receipts of a message that the app got so far.
    func statuses(of message: String) throws -> [String] {
        try callbacks("message_delivery_report").compactMap { callback in
            guard callback["message_delivery_report", "message_id"] as? String == message else { return nil }
            return callback["message_delivery_report", "status"] as? String
        }
    }
}

/// The body of a callback, looked into by the names of members.
struct Callback {
    private let members: [String: Any]

    init(_ text: String) throws {
        members = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    }

    subscript(path: String...) -> Any? {
        path.reduce(members as Any?) { value, name in (value as? [String: Any])?[name] }
    }
}
