import Doubles
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import SQLStore
import SQLiteStore
import Testing

@testable import ConversationAPI

/// What tests of messages need to have happened.
extension Face {
    /// A request to send, from a fixture.
    static func send(_ name: String = "send-text", app: String = Bakery.app) throws -> JSONValue {
        var body = try Fixture.json("requests/\(name)")
        body["app_id"] = .string(app)
        return body
    }

    /// The id of a message that was taken.
    func sent(
        _ name: String = "send-text", app: String = Bakery.app, _ change: (inout JSONValue) -> Void = { _ in }
    ) async throws -> String {
        var body = try Self.send(name, app: app)
        change(&body)
        let answer = try await call(.post, "messages:send", body)
        #expect(answer.status == .ok, "\(answer.text)")
        return try answer.json.word("message_id")
    }

    /// The ids of a list, in its order.
    func ids(_ query: String) async throws -> [String] {
        let answer = try await call(.get, "messages?\(query)")
        #expect(answer.status == .ok, "\(answer.text)")
        return try answer.json["messages"]?.elements.map(\.id) ?? []
    }

    /// Batches that the store has of the bakery's apps: nothing that was refused is among them.
    var storedMessages: Int {
        get async throws {
            var count = 0
            for app in [Bakery.app, Self.curiousApp, Self.dispatchApp] {
                let filter = BatchFilter(from: .distantPast)
                count += try await store.batches(
                    of: .app(app, project: Bakery.project), matching: filter, page: Page()
                ).count
            }
            return count
        }
    }

    /// Events of messages that no webhook has heard of, as `state reason`.
    var told: [String] {
        get async throws {
            try await store.claimCalls(limit: 100, now: clock.now(), leaseUntil: clock.now() + .seconds(60))
                .compactMap { claim in
                    guard case .message(let message, let batch) = claim.event.subject else { return nil }
                    let status = try #require(SentMessage(batch.order.echo)).status(message)
                    return [status?.name, status?.reason?.code.rawValue].compactMap(\.self).joined(separator: " ")
                }
        }
    }
}
