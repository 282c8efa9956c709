import DescribedAPI
import Doubles
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

/// What tests need to have happened.
extension Face {
    /// One request below a plan's path, with the plan's token.
    func call(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSON? = nil, plan: String = "shop", key: String? = nil
    ) async throws -> TestResponse {
        try await send(
            method, "/xms/v1/\(plan)/\(path)", token: "\(plan)-token", body: try body.map { try $0.text }, key: key)
    }

    /// A batch that was taken, as it was answered; members that are null are left out.
    @discardableResult
    func batch(_ members: JSON = [:], plan: String = "shop") async throws -> JSON {
        let answer = try await call(.post, "batches", Self.goodBody.with(members), plan: plan)
        #expect(answer.status == .created, "\(answer.text)")
        return try answer.json
    }

    /// A group that was made, as it was answered.
    func group(_ members: JSON = [:], plan: String = "shop") async throws -> JSON {
        let answer = try await call(.post, "groups", members, plan: plan)
        #expect(answer.status == .created, "\(answer.text)")
        return try answer.json
    }

    /// The media of a batch has come: what is queued may leave.
    func fetchMedia(of batch: String) async throws {
        let media = StoredMedia(hash: String(repeating: "a", count: 64), contentType: "image/jpeg", byteCount: 3)
        let expansion = Expansion(routes: directory.now.routes, ids: ULIDGenerator())
        let tasks = try await store.batchesWithoutMedia(limit: 1000, now: .distantFuture, except: [])
        // A batch that is not waiting for media any more takes none.
        let revision = tasks.first { $0.batch.description == batch }?.revision ?? 0
        try await store.recordMedia(
            media, number: 0, for: try #require(ULID(batch)), revision: revision, expansion: expansion, now: clock.now()
        )
    }

    /// The first messages that may leave have been taken by the MMSC, as `M1`, `M2` and so on.
    func submit(_ batch: String, limit: Int = 1000) async throws {
        try await fetchMedia(of: batch)
        for (index, claim) in try await claims(limit: limit).enumerated() {
            let outcome = SubmissionResult(.accepted(messageID: "M\(index + 1)"))
            try await store.record(outcome, of: claim, now: clock.now())
        }
    }

    func claims(limit: Int = 1000) async throws -> [Claim] {
        try await store.claims(limit: limit, now: clock.now()).claims
    }

    /// A report of the MMSC on a message that it took.
    func report(_ messageID: String, _ fate: ReportedFate) async throws {
        let report = DeliveryReport(messageID: messageID, recipient: nil, fate: fate, status: "Test")
        _ = try await store.apply(report, from: "north", now: clock.now())
    }

    /// The entries of a batch report, `["Queued 400 x 2"]`.
    func statuses(of batch: String) async throws -> [String] {
        let report = try await call(.get, "batches/\(batch)/delivery_report").json
        return (report["statuses"]?.items ?? []).map { entry in
            "\(entry["status"]?.string ?? "") \(entry["code"]?.int ?? -1) x \(entry["count"]?.int ?? -1)"
        }
    }

    /// The numbers that a batch has messages for.
    func recipients(of batch: String, plan: String = "shop") async throws -> [String] {
        let report = try await call(.get, "batches/\(batch)/delivery_report?type=full", plan: plan).json
        return (report["statuses"]?.items ?? []).flatMap { $0["recipients"]?.strings ?? [] }.sorted()
    }
}

extension JSON {
    /// The object with the members of another; what is null there is taken out.
    func with(_ members: JSON) -> JSON {
        guard case .object(let members) = members else { return self }
        var object = self
        for (name, value) in members { object[name] = value == .null ? Optional<JSON>.none : value }
        return object
    }

    var int: Int? { if case .int(let number) = self { number } else { nil } }

    var items: [JSON]? { if case .array(let elements) = self { elements } else { nil } }

    var strings: [String]? { items?.compactMap(\.string) }

    var names: Set<String>? { if case .object(let members) = self { Set(members.keys) } else { nil } }

    /// The id of a batch, a group or an inbound message.
    var id: String { self["id"]?.string ?? "" }
}

extension TestResponse {
    /// Status and code of a refusal: `400 syntax_invalid_json`.
    var refusal: String {
        get throws { "\(status.code) \(try json["code"]?.string ?? "without code")" }
    }
}
