import DescribedAPI
import Doubles
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

/// What may still be done with a batch, by how far it is.
@Suite("The life of a batch")
struct LifeTests {
    private let face = Face()

    enum Stage: String, CaseIterable, Sendable {
        case scheduled, queued, fetched, claimed, submitted, finished, unroutable, canceled, expired

        var isOpen: Bool { [.scheduled, .queued, .fetched].contains(self) }
    }

    private func batch(at stage: Stage) async throws -> String {
        switch stage {
        case .scheduled: return try await face.batch(["send_at": "2026-04-03T00:00Z"]).id
        case .unroutable: return try await face.batch(["to": ["99900000001"]]).id
        default: break
        }
        let id = try await face.batch(["to": ["12025550141", "12025550142"]]).id
        switch stage {
        case .fetched: try await face.fetchMedia(of: id)
        case .claimed:
            try await face.fetchMedia(of: id)
            #expect(try await face.claims(limit: 1).count == 1)
        case .submitted: try await face.submit(id, limit: 1)
        case .finished:
            try await face.submit(id)
            try await face.report("M1", .delivered)
            try await face.report("M2", .delivered)
        case .canceled: #expect(try await face.call(.delete, "batches/\(id)").status == .ok)
        case .expired:
            face.clock.advance(by: .seconds(3 * 24 * 3600))
            _ = try await face.store.expire(limit: 10, now: face.clock.now())
        default: break
        }
        return id
    }

    @Test("until the first message is claimed it may be changed, from then on not", arguments: Stage.allCases)
    func change(stage: Stage) async throws {
        let id = try await batch(at: stage)
        let before = try await face.call(.get, "batches/\(id)").json

        let updated = try await face.call(.post, "batches/\(id)", ["client_reference": "new"])
        let replaced = try await face.call(.put, "batches/\(id)", Face.goodBody)

        if stage.isOpen {
            #expect(updated.status == .ok)
            #expect(replaced.status == .ok)
        } else {
            #expect(try updated.refusal == "403 batch_already_dispatched")
            #expect(try replaced.refusal == "403 batch_already_dispatched")
            #expect(try await face.call(.get, "batches/\(id)").json == before)
        }
    }

    @Test(
        "a cancellation withdraws what has not left, and says so in the report",
        arguments: [
            (Stage.scheduled, []), (.queued, ["Cancelled 407 x 2"]), (.fetched, ["Cancelled 407 x 2"]),
            (.submitted, ["Dispatched 401 x 1", "Cancelled 407 x 1"]), (.finished, ["Delivered 0 x 2"]),
            (.unroutable, ["Aborted 402 x 1"]), (.canceled, ["Cancelled 407 x 2"]), (.expired, ["Aborted 406 x 2"]),
        ])
    func cancel(stage: Stage, statuses: [String]) async throws {
        let id = try await batch(at: stage)

        let first = try await face.call(.delete, "batches/\(id)")
        face.clock.advance(by: .seconds(60))
        let second = try await face.call(.delete, "batches/\(id)")

        #expect(first.status == .ok)
        #expect(try first.json["canceled"] == true)
        #expect(try first.json["type"] == "mt_media")
        #expect(second.status == .ok)
        #expect(second.text == first.text)
        #expect(try await face.call(.get, "batches/\(id)").text == first.text)
        #expect(try await face.statuses(of: id) == statuses)
        #expect(try await face.claims().isEmpty)
    }

    @Test("a cancelled batch has an empty report when it had not begun")
    func emptyReport() async throws {
        let id = try await batch(at: .scheduled)
        _ = try await face.call(.delete, "batches/\(id)")

        for type in ["summary", "full"] {
            #expect(
                try await face.call(.get, "batches/\(id)/delivery_report?type=\(type)").json == [
                    "type": "delivery_report_mms", "batch_id": .string(id), "total_message_count": 0, "statuses": [],
                ])
        }
        let recipient = try await face.call(.get, "batches/\(id)/delivery_report/12025550141")
        #expect(try recipient.refusal == "404 not_found")
    }

    @Test("the time of the cancellation is told; nothing else of the batch changes")
    func cancelled() async throws {
        let batch = try await face.batch(["client_reference": "easter", "delivery_report": "full"])
        face.clock.advance(by: .seconds(60))

        let answer = try await face.call(.delete, "batches/\(batch.id)").json

        #expect(answer == batch.with(["canceled": true, "modified_at": "2026-04-02T09:31:00.250Z"]))
    }

    @Test("a batch of a group that had not begun is cancelled too, and nobody of the group is written to")
    func cancelledGroup() async throws {
        let group = try await face.group(["members": ["12025550150"]]).id
        let batch = try await face.batch(["to": [.string(group)], "send_at": "2026-04-03T00:00Z"]).id

        #expect(try await face.call(.delete, "batches/\(batch)").status == .ok)

        face.clock.advance(by: .seconds(24 * 3600))
        try await face.fetchMedia(of: batch)
        #expect(try await face.statuses(of: batch).isEmpty)
        #expect(try await face.store.batchesWithoutMedia(limit: 9, now: face.clock.now(), except: []).isEmpty)
    }

    @Test("a message that is at the MMSC keeps what its report says after a cancellation")
    func reportAfterCancel() async throws {
        let id = try await batch(at: .submitted)
        _ = try await face.call(.delete, "batches/\(id)")

        try await face.report("M1", .delivered)

        #expect(try await face.statuses(of: id) == ["Delivered 0 x 1", "Cancelled 407 x 1"])
    }

    @Test(
        "what belongs to one plan can be neither changed nor cancelled by another",
        arguments: [HTTPRequest.Method.post, .put, .delete])
    func isolation(method: HTTPRequest.Method) async throws {
        let batch = try await face.batch()

        let answer = try await face.call(
            method, "batches/\(batch.id)", method == .delete ? nil : Face.goodBody, plan: "bare")

        #expect(try answer.refusal == "404 not_found")
        #expect(try await face.call(.get, "batches/\(batch.id)").json == batch)
    }
}
