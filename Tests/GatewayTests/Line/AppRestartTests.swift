import CurlHTTP
import Foundation
import GatewayCore
import MockMMSC
import TestPeers
import Testing

@testable import Gateway

@Suite("Apps that were made through the API, and a gateway that starts again", .timeLimit(.minutes(5)))
struct AppRestartTests {
    private static let sender = "12025550190"

    private static let app = """
        {"display_name":"Shop","channel_credentials":[{"channel":"MMS","mms_credentials":{"account_id":"shop-1",\
        "api_key":"vasp of the shop","default_sender":"\(sender)","basic_auth":{"username":"shop","password":"till"}}}]}
        """

    /// An MMSC that takes messages of the shop's account alone.
    private static var peer: MockMMSC.Configuration {
        var peer = MockMMSC.Configuration.forTests
        peer.vaspID = "vasp of the shop"
        peer.login = BasicCredentials(username: "shop", password: "till")
        return peer
    }

    private func made(_ path: String, _ body: String, on line: Line) async throws -> String {
        let (status, made) = try await line.call(.post, path, body)
        guard status == 200, let id = made["id"] as? String else { throw Unexpected("\(status): \(made)") }
        return id
    }

    /// Returns when the app has heard that its message arrived.
    private func hear(_ hooks: HookServer, of id: String) async throws {
        try await hooks.wait { calls in
            calls["shop"]?.contains { $0.text.contains(id) && $0.text.contains(#""DELIVERED""#) } == true
        }
    }

    @Test("it sends by its own account before and after, is notified, and receives at its sender's number")
    func restart() async throws {
        let hooks = HookServer()
        try await hooks.serving { url in
            try await withFolder { home in
                try await Line.run(in: home, mmsc: Self.peer) { line in
                    line.openProject()
                    let app = try await made("apps", Self.app, on: line)
                    _ = try await made(
                        "webhooks",
                        """
                        {"app_id":"\(app)","target":"\(url)/shop","target_type":"HTTP","secret":"a secret",\
                        "triggers":["MESSAGE_DELIVERY","MESSAGE_INBOUND"]}
                        """, on: line)

                    let id = try await line.send(#"{"text_message":{"text":"Open"}}"#, by: app)
                    try await hear(hooks, of: id)
                    #expect(line.mmsc.journal.counts.violations == 0)
                }

                try await Line.run(in: home, mmsc: Self.peer) { line in
                    line.openProject()
                    let apps = try await line.call(.get, "apps").1["apps"] as? [[String: Any]]
                    let app = try #require(apps?.first?["id"] as? String)
                    let webhooks = try await line.call(.get, "apps/\(app)/webhooks").1["webhooks"] as? [[String: Any]]

                    let id = try await line.send(#"{"text_message":{"text":"Open again"}}"#, by: app)
                    try await hear(hooks, of: id)
                    try await line.deliver("l1", text: "At last", to: Self.sender)
                    try await hooks.wait { calls in calls["shop"]?.contains { $0.text.contains("At last") } == true }

                    #expect(apps?.map { $0["display_name"] as? String } == ["Shop"])
                    #expect(webhooks?.map { $0["target"] as? String } == ["\(url)/shop"])
                    let counts = line.mmsc.journal.counts
                    #expect(counts.accepted == 1)
                    #expect(counts.violations == 0)
                    #expect(hooks.calls(of: "shop").allSatisfy { $0.signature() != nil })
                }
            }
        }
    }
}
