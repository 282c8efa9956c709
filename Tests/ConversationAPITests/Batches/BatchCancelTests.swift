import CustomerServing
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Logging
import SQLStore
import SQLiteStore
import Testing
import WorkLoop

@testable import ConversationAPI

@Suite("Batches for a later time, and what they are found by")
struct BatchCancelTests {
    private let face = Face.sending()

    /// 09:40:00.000Z, for whoever asks for more than a minute after 09:30:00.250Z and at most ten.
    private static let begins = "2026-04-02T09:40:00.000Z"

    private func sendLater(_ changes: (inout JSONValue) -> Void = { _ in }) async throws -> String {
        let answer = try await face.batches(
            .post, "messages",
            try Batches.request { body in
                body["send_after"] = "2026-04-02T09:36:40Z"
                changes(&body)
            })
        try #require(answer.status == .ok, "\(answer.text)")
        #expect(try answer.json.word("send_after") == Self.begins)
        return try answer.json.word("batch_id")
    }

    @Test("it waits for a full five minutes and goes then")
    func scheduled() async throws {
        let batch = try await sendLater()
        try await face.makeMessages()
        #expect(try await face.sent.isEmpty)
        #expect(try await face.status(of: batch) == "SCHEDULED")
        #expect(try await face.batchService.look(except: []).nextLook <= Face.now + .seconds(600))

        face.clock.advance(by: .seconds(600))
        try await face.makeMessages()

        #expect(try await face.status(of: batch) == "PROCESSED")
        #expect(try await face.sent.count == 1)
        let phases = try await face.bodies.compactMap { JSONValue(text: $0.text)?["batch_status_update_notification"] }
        #expect(
            phases.map { $0.word("batch_status") }
                == ["BATCH_STATUS_SCHEDULED", "BATCH_STATUS_READY", "BATCH_STATUS_PROCESSED"])
    }

    @Test("its life begins when it is sent")
    func life() async throws {
        _ = try await sendLater()
        face.clock.advance(by: .seconds(3600))

        try await face.makeMessages()

        guard case .sent(let message)? = try await face.sent.first?.content else {
            Issue.record("nothing was sent")
            return
        }
        #expect(message.order.expireAt == Face.now + .seconds(3600 + 7200))
    }

    @Test("one that is cancelled in time makes no message")
    func inTime() async throws {
        let batch = try await sendLater()

        let answer = try await face.batches(.delete, "messages", ["batch_id": .string(batch)])

        #expect(answer.text == "{}")
        #expect(try await face.status(of: batch) == "CANCELLED")
        face.clock.advance(by: .seconds(3600))
        try await face.makeMessages()
        #expect(try await face.sent.isEmpty)
        let last = try await face.bodies.last
        #expect(last?.text.contains(#""batch_status":"BATCH_STATUS_CANCELLED""#) == true)
    }

    @Test("at its time it is too late, and for one that went at once too; the answer is the same")
    func tooLate() async throws {
        let atOnce = try await face.sendBatch(try Batches.request())
        let later = try await sendLater()
        face.clock.advance(by: .seconds(600))

        for batch in [atOnce, later, Face.nobody, "no id"] {
            let answer = try await face.batches(.delete, "messages", ["batch_id": .string(batch)])
            #expect(answer.status == .ok)
            #expect(answer.text == "{}")
        }

        #expect(try await face.status(of: atOnce) == "READY")
        #expect(try await face.status(of: later) == "SCHEDULED")
    }

    @Test("batches are listed and cancelled by what their metadata has")
    func metadata() async throws {
        let first = try await sendLater { $0["batch_metadata"] = ["week": 12, "shop": "a b"] }
        let second = try await sendLater { $0["batch_metadata"] = ["week": 12] }
        let third = try await sendLater { $0["batch_metadata"] = ["week": 13] }
        let list = try await face.batches(.get, "messages?metadataKey=week&metadataValue=12").json

        #expect(list.elements.map { $0.word("batch_id") } == [second, first])
        #expect(
            try await face.batches(.get, "messages?metadataKey=shop&metadataValue=a%20b").json
                == [
                    [
                        "batch_id": .string(first), "meta_data": ["week": 12, "shop": "a b"], "status": "SCHEDULED",
                        "send_after": .string(Self.begins),
                    ]
                ])
        #expect(try await face.batches(.get, "messages?metadataKey=week&metadataValue=1").text == "[]")

        _ = try await face.batches(.delete, "messages", ["metadata_key": "week", "metadata_value": "12"])

        #expect(try await face.status(of: first) == "CANCELLED")
        #expect(try await face.status(of: second) == "CANCELLED")
        #expect(try await face.status(of: third) == "SCHEDULED")
    }

    @Test("what has ended is dropped after its retention")
    func retention() async throws {
        let batch = try await sendLater()
        _ = try await face.batches(.delete, "messages", ["batch_id": .string(batch)])
        let sweep = AppBatchSweep(
            store: try await face.store, retention: .seconds(86_400), clock: face.clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await sweep.sweep()
        #expect(try await face.status(of: batch) == "CANCELLED")

        face.clock.advance(by: .seconds(86_401))
        try await sweep.sweep()

        #expect(try await face.batches(.get, "messages/\(batch)").refusal == "404 NOT_FOUND")
    }
}
