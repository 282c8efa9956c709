import Foundation
import GatewayCore
import Testing

@testable import ConversationAPI

/// An app that sends, at a moment that stands still.
struct Shop {
    /// 2026-04-02T09:30:00.250Z
    static let now = Date(milliseconds: 1_775_122_200_250)

    var app: Project.App = {
        var app = Project.App(id: Bakery.app, defaultSender: Originator("12025550160"))
        app.account = "A1"
        return app
    }()
    var settings = ConversationAPI.Settings()

    private var project: Project { Project(id: Bakery.project, accessKeys: [], apps: [app]) }

    /// What becomes of a request to a number.
    ///
    /// - Parameters:
    ///   - change: of its body.
    ///   - addressee: instead of whom the request names.
    func send(
        _ name: String = "send-text", engaged: Bool = false, to addressee: Addressee? = nil,
        _ change: (inout JSONValue) -> Void = { _ in }
    ) throws -> AppSend {
        var json = try Fixture.json("requests/\(name)")
        change(&json)
        let request = try SendRequest(json)
        let outgoing = Outgoing(request)
        let acceptance = Acceptance(
            app: app, project: project,
            directory: Directory(projects: [project], routes: Routes([.init(prefix: "1", mmscs: ["north"])])),
            settings: settings, ids: ULIDGenerator())
        let named: Addressee =
            if case .identities(let names) = request.recipient { .identities(names) } else { .nobody }
        let destination = Destination(addressee ?? named, order: outgoing.options.channelOrder, of: app)
        return acceptance.send(
            outgoing, to: destination, in: engaged ? try Self.engagement() : nil, now: Self.now)
    }

    /// The contact and the conversation of the fixtures.
    static func engagement() throws -> Engagement.Result {
        let contact = try contact([ContactIdentity(channel: "MMS", identity: "12025550117")])
        let owner = Owner.app(Bakery.app, project: Bakery.project)
        return Engagement.Result(
            contact: contact,
            conversation: StoredConversation(
                id: try #require(ULID(Bakery.conversation)), owner: owner, contact: contact.id, channel: "MMS",
                lastUsed: now, text: "{}"))
    }

    static func contact(_ identities: [ContactIdentity]) throws -> StoredContact {
        StoredContact(
            id: try #require(ULID(Bakery.contact)), project: Bakery.project, identities: identities, text: "{}")
    }
}

extension AppSend {
    var echo: SentMessage { get throws { try #require(SentMessage(batch.order.echo)) } }

    /// Why it failed when it was accepted; empty where it did not.
    var reason: String {
        get throws {
            guard let status = try echo.status(message) else { return "" }
            return status.reason.map { "\($0.code.rawValue): \($0.description)" } ?? ""
        }
    }
}
