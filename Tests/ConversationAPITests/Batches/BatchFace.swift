import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Logging
import SQLStore
import SQLiteStore
import Synchronization
import Testing
import WorkLoop

@testable import ConversationAPI

/// The Batch API, and what makes messages of its batches.
extension Face {
    /// The same customers, with accounts to send MMS with and a route for their numbers.
    static func sendingCustomers() -> Directory {
        var directory = Self.customers
        directory.routes = Routes([Routes.Route(prefix: "1", mmscs: ["north"])])
        for id in directory.projects.keys {
            let apps = directory.projects[id]?.apps.map { app in
                var app = app
                app.account = "A"
                return app
            }
            directory.projects[id]?.apps = apps ?? []
        }
        return directory
    }

    /// A face whose apps can send.
    static func sending() -> Face {
        let face = Face()
        face.directory.replace(with: sendingCustomers())
        return face
    }

    /// One request to the Batch API.
    func batches(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSONValue? = nil, project: String = Bakery.project,
        key: String? = nil
    ) async throws -> TestResponse {
        try await send(
            method, "/v1/projects/\(project)/\(path)", body: body?.text, key: key, to: .batches)
    }

    /// Takes a batch and gives back its id.
    func sendBatch(_ body: JSONValue) async throws -> String {
        let answer = try await batches(.post, "messages", body)
        try #require(answer.status == .ok, "\(answer.text)")
        return try answer.json.word("batch_id")
    }

    func status(of batch: String) async throws -> String {
        try await batches(.get, "messages/\(batch)").json.word("status")
    }

    /// Makes messages of all batches that are due at this moment.
    func makeMessages() async throws {
        let service = try await batchService
        while case let due = await service.look(except: []).items, !due.isEmpty {
            for batch in due { await service.work(on: batch) }
        }
    }

    var batchService: AppBatchService {
        get async throws {
            var roles = StoreRoles(of: try await store)
            change(&roles)
            return AppBatchService(
                store: roles, directory: directory, settings: ConversationAPI.Settings(), clock: clock,
                ids: ULIDGenerator(), signal: Signal(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        }
    }

    /// What was sent, as the store lists it.
    var sent: [ListedAppMessage] {
        get async throws {
            let slice = try await store.appMessages(
                of: Bakery.project, matching: AppMessageFilter(direction: .toContact), after: nil, limit: 2000,
                now: clock.now())
            return slice.elements
        }
    }
}

/// Requests as tests send them.
enum Batches {
    /// The request on file, to be changed.
    static func request(_ changes: (inout JSONValue) -> Void = { _ in }) throws -> JSONValue {
        var body = try Fixture.json("requests/batch")
        body["send_after"] = nil
        changes(&body)
        return body
    }

    /// A text to so many recipients.
    static func text(to count: Int, _ changes: (inout JSONValue) -> Void = { _ in }) -> JSONValue {
        let recipients = (0..<count).map { index -> JSONValue in
            [
                "recipient": ["identified_by": ["channel_identities": [Face.identity("\(12_025_550_000 + index)")]]],
                "parameters": ["number": .string("\(index)")],
            ]
        }
        var body: JSONValue = [
            "app_id": .string(Bakery.app), "message": ["text_message": ["text": "Loaf ${number}"]],
            "recipient_and_params": .array(recipients),
        ]
        changes(&body)
        return body
    }
}
