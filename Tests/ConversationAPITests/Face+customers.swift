import Foundation
import GatewayCore
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SQLStore
import SQLiteStore
import Testing

@testable import ConversationAPI

/// Two projects with one key. The bakery has an app that keeps conversations and hears of everything, one that hears of
/// new contacts alone, and one that keeps messages for a day and hears of nothing.
extension Face {
    static let accessKey = Project.AccessKey(id: "bakery-key", secret: Secret("bakery-secret"))
    static let otherProject = "7c1e0000-0000-4000-8000-000000000009"
    static let curiousApp = "01KN6MZ5G0BAKERYAPP0000002"
    static let dispatchApp = "01KN6MZ5G0BAKERYAPP0000003"
    /// Nothing has this id.
    static let nobody = "01KN6MZ5G0N0B0DY0000000001"

    static let customers = Directory(
        projects: [
            Project(
                id: Bakery.project, accessKeys: [accessKey],
                apps: [
                    app(Bakery.app, .conversation, hears: Project.Trigger.allCases),
                    app(curiousApp, .conversation, hears: [.contactCreate]), app(dispatchApp, .dispatch, hears: []),
                ]),
            Project(id: otherProject, accessKeys: [accessKey]),
        ], routes: Routes([.init(prefix: "1", mmscs: ["north"])]))

    private static func app(
        _ id: String, _ mode: Project.ProcessingMode, hears triggers: [Project.Trigger]
    ) -> Project.App {
        var app = Project.App(id: id, defaultSender: Originator("12025550160"))
        app.account = "A1"
        app.processingMode = mode
        if mode == .dispatch { app.dispatchRetention = .seconds(86_400) }
        if !triggers.isEmpty {
            app.webhooks = [
                Project.Webhook(
                    id: "01KN6MZ5G0H00K000000000001", target: "https://hooks.example/a", triggers: triggers),
                Project.Webhook(
                    id: "01KN6MZ5G0H00K000000000002", target: "https://hooks.example/b", triggers: triggers),
            ]
        }
        return app
    }

    /// A contact that was made, as it was answered; members that are null are left out.
    @discardableResult
    func contact(_ members: JSONValue = [:], project: String = Bakery.project) async throws -> JSONValue {
        var body: JSONValue = ["channel_identities": [Self.identity("12025550117")], "language": "EN_US"]
        for member in members.members { body[member.name] = member.value == .null ? nil : member.value }
        let answer = try await call(.post, "contacts", body, project: project)
        #expect(answer.status == .ok, "\(answer.text)")
        return try answer.json
    }

    /// A conversation with a contact that was made.
    @discardableResult
    func conversation(with contact: JSONValue, _ members: JSONValue = [:]) async throws -> JSONValue {
        var body: JSONValue = [
            "app_id": .string(Bakery.app), "contact_id": .string(contact.id), "active_channel": "MMS",
        ]
        for member in members.members { body[member.name] = member.value }
        let answer = try await call(.post, "conversations", body)
        #expect(answer.status == .ok, "\(answer.text)")
        return try answer.json
    }

    static func identity(_ name: String, on channel: Channel = .mms) -> JSONValue {
        ["channel": .string(channel.rawValue), "identity": .string(name)]
    }
}

extension JSONValue {
    /// The id of a resource.
    var id: String { self["id"]?.text.filter { $0 != "\"" } ?? "" }

    var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

    /// What a member says.
    func word(_ name: String) -> String { if case .string(let text)? = self[name] { text } else { "" } }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    var json: JSONValue {
        get throws { try JSONValue(Array(buffer: body)) }
    }

    /// Status of HTTP and by name of a refusal: `404 NOT_FOUND`.
    var refusal: String {
        get throws { "\(status.code) \(try json["error"]?.word("status") ?? "without error")" }
    }

    /// What a refusal says.
    var message: String {
        get throws { try json["error"]?.word("message") ?? "" }
    }
}
