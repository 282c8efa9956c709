import Crypto
import CurlHTTP
import Foundation
import GatewayConfiguration
import GatewayCore
import TestPeers
import Testing

@testable import Gateway

@Suite("Webhooks of an app, each on its own", .timeLimit(.minutes(5)))
struct AppWebhookLineTests {
    private static let text = #"{"text_message":{"text":"Hello"}}"#
    private static let secret = "hook secret of ours"

    /// Makes a webhook through the API and returns its id.
    private func makeWebhook(_ target: String, isSigned: Bool = false, on line: Line) async throws -> String {
        let secret = isSigned ? #","secret":"\#(Self.secret)""# : ""
        let (status, body) = try await line.call(
            .post, "webhooks",
            """
            {"app_id":"\(Line.app)","target":"\(target)","target_type":"HTTP","triggers":["MESSAGE_DELIVERY"]\(secret)}
            """)
        guard status == 200, let id = body["id"] as? String else { throw Unexpected("\(status): \(body)") }
        return id
    }

    /// Runs the body with a line whose app has one webhook at the customer's, and two servers for more of them.
    private func run(
        _ body:
            @escaping @Sendable (_ line: Line, _ hooks: HookServer, _ other: HookServer, _ urls: [String])
            async throws -> Void
    ) async throws {
        let (hooks, other) = (HookServer(), HookServer())
        try await hooks.serving { url in
            try await other.serving { otherURL in
                try await Line.run(change: { $0.webhooks.timeout = .seconds(60) }) { line in
                    line.openApp(triggers: [.messageDelivery])
                    try await body(line, hooks, other, [url, otherURL])
                }
            }
        }
    }

    /// The statuses of a message's receipts, each once, in the order of their first coming.
    private func statuses(of message: String, in calls: [HookServer.Call]) throws -> [String] {
        try calls.reduce(into: []) { statuses, call in
            let callback = try Callback(call.text)
            guard callback["message_delivery_report", "message_id"] as? String == message,
                let status = callback["message_delivery_report", "status"] as? String, !statuses.contains(status)
            else { return }
            statuses.append(status)
        }
    }

    @Test("of five, one that answers 500 twice and one that hangs hold up none of the others")
    func five() async throws {
        try await run { line, hooks, other, urls in
            for name in ["plain", "signed", "failing"] {
                _ = try await makeWebhook("\(urls[0])/\(name)", isSigned: name != "plain", on: line)
            }
            _ = try await makeWebhook("\(urls[1])/hanging", on: line)
            hooks.answer("failing", [500, 500])
            other.hold()

            let id = try await line.send(Self.text)
            try await line.customer.wait { $0.calls.count == 2 }
            try await hooks.wait { calls in
                calls["plain"]?.count == 2 && calls["signed"]?.count == 2 && calls["failing"]?.count == 4
            }

            try await other.wait { $0["hanging"]?.isEmpty == false }
            other.release()
            try await other.wait { $0["hanging"]?.count == 2 }
            let both: Set = ["QUEUED_ON_CHANNEL", "DELIVERED"]
            #expect(Set(try line.statuses(of: id)) == both)
            for name in ["plain", "signed", "failing"] {
                #expect(Set(try statuses(of: id, in: hooks.calls(of: name))) == both, "\(name)")
            }
            #expect(Set(try statuses(of: id, in: other.calls(of: "hanging"))) == both)
            #expect(Set(hooks.calls(of: "failing").map(\.body)).count == 2)
        }
    }

    @Test("each try is signed anew, by the secret of its webhook")
    func signatures() async throws {
        try await run { line, hooks, _, urls in
            _ = try await makeWebhook("\(urls[0])/plain", on: line)
            _ = try await makeWebhook("\(urls[0])/signed", isSigned: true, on: line)
            hooks.answer("signed", [500, 503])
            let start = Int(Date.now.timeIntervalSince1970)

            _ = try await line.send(Self.text)
            try await hooks.wait { $0["signed"]?.count == 4 && $0["plain"]?.count == 2 }

            let end = Int(Date.now.timeIntervalSince1970)
            var nonces: Set<String> = []
            for call in hooks.calls(of: "signed") {
                let (nonce, time) = (try #require(call.signature("-nonce")), try #require(call.signature("-timestamp")))
                var hmac = HMAC<SHA256>(key: SymmetricKey(data: Data(Self.secret.utf8)))
                hmac.update(data: Data(call.body) + Data(".\(nonce).\(time)".utf8))
                #expect(call.signature() == Data(hmac.finalize()).base64EncodedString())
                #expect(call.signature("-algorithm") == "HmacSHA256")
                #expect((start...end).contains(try #require(Int(time))))
                nonces.insert(nonce)
            }
            #expect(nonces.count == 4)
            #expect(hooks.calls(of: "plain").allSatisfy { $0.signature() == nil && $0.signature("-nonce") == nil })
        }
    }

    @Test("one that is deleted while its calls wait is not called any more, and the others go on")
    func deleted() async throws {
        try await run { line, hooks, other, urls in
            _ = try await makeWebhook("\(urls[0])/plain", on: line)
            let gone = try await makeWebhook("\(urls[1])/gone", on: line)
            other.answer("gone", Array(repeating: 500, count: 100))
            other.hold()
            let first = try await line.send(Self.text)
            try await hooks.wait { $0["plain"]?.count == 2 }
            try await other.wait { $0["gone"]?.isEmpty == false }

            let (status, _) = try await line.call(.delete, "webhooks/\(gone)")
            #expect(status == 200)
            other.release()
            let second = try await line.send(Self.text)
            try await hooks.wait { $0["plain"]?.count == 4 }

            let both: Set = ["QUEUED_ON_CHANNEL", "DELIVERED"]
            for id in [first, second] {
                #expect(Set(try statuses(of: id, in: hooks.calls(of: "plain"))) == both)
            }
            // Those that were under way when it was deleted.
            #expect(other.calls(of: "gone").count <= 2)
            #expect(try statuses(of: second, in: other.calls(of: "gone")).isEmpty)
        }
    }
}
