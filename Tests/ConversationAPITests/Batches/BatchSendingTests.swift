import CustomerServing
import Foundation
import GatewayCore
import HummingbirdTesting
import SQLStore
import SQLiteStore
import Testing
import WorkLoop

@testable import ConversationAPI

@Suite("Batches of the Batch API")
struct BatchSendingTests {
    private let face = Face.sending()

    @Test("each recipient gets a message of its own; one that lacks a value fails alone")
    func twoRecipients() async throws {
        let batch = try await face.sendBatch(try Batches.request())
        #expect(try await face.status(of: batch) == "READY")
        #expect(try await face.notices == ["BATCH_STATUS_UPDATE of \(Bakery.app)"])

        try await face.makeMessages()

        #expect(try await face.status(of: batch) == "PROCESSED")
        let sent = try await face.sent
        #expect(sent.map(\.entry.identity.identity) == ["12025550117"])
        guard case .sent(let message)? = sent.first?.content else {
            Issue.record("nothing was sent")
            return
        }
        #expect(message.order.content.text == "For Ann\n* Keep one")
        #expect(message.order.content.media.map(\.url) == ["https://bakery.example/rye.jpg"])
        let echo = try #require(SentMessage(message.order.echo))
        #expect(echo.metadata == #"{"week":"12","oven":"a","line":"1","_batch_id":"\#(batch)"}"#)
        #expect(echo.batchPlace == .init(batchID: batch, index: 0))
        #expect(message.order.expireAt == Face.now + .seconds(7200))
    }

    @Test("whoever failed before there was a message has a receipt, and the batch tells how it ended")
    func receipts() async throws {
        let batch = try await face.sendBatch(
            try Batches.request { $0["processing_strategy"] = "DISPATCH_ONLY" })
        _ = try await face.bodies

        try await face.makeMessages()

        let notices = try await face.bodies
        #expect(notices.map(\.name) == ["MESSAGE_DELIVERY", "BATCH_STATUS_UPDATE"])
        #expect(
            notices.map { JSONValue(text: $0.text) } == [
                try expected("delivery-in-batch", batch),
                try expected("batch-status", batch),
            ])
    }

    /// A callback on file, as that of the batch at this moment.
    private func expected(_ name: String, _ batch: String) throws -> JSONValue? {
        let now = "2026-04-02T09:30:00.250Z"
        let text = try Fixture.json("callbacks/\(name)").text
            .replacing(Bakery.batch, with: batch)
            .replacing("2026-03-09T14:05:00.000Z", with: now)
            .replacing("2026-03-09T14:05:02.000Z", with: now)
            .replacing("2026-03-09T14:05:01.500Z", with: now)
        return JSONValue(text: text)
    }

    @Test("receipts go to the address that the request names")
    func callbackURL() async throws {
        _ = try await face.sendBatch(try Batches.request { $0["callback_url"] = "https://hooks.example/batch" })

        try await face.makeMessages()

        let receipt = try #require(try await face.bodies.first { $0.name == "MESSAGE_DELIVERY" })
        #expect(receipt.callbackURL == "https://hooks.example/batch")
    }

    @Test("the metadata of a conversation names the batch")
    func conversation() async throws {
        let batch = try await face.sendBatch(try Batches.request())

        try await face.makeMessages()

        let id = try #require(try await face.sent.first?.entry.conversation)
        let conversation = try #require(try await face.store.conversation(id, of: Bakery.project))
        #expect(try Conversation(conversation).metadataJSON == ["shop": "corner", "_batch_id": .string(batch)])
    }

    @Test(
        "a thousand recipients become messages in many commits, each once and in their order", .timeLimit(.minutes(2)))
    func thousand() async throws {
        let batch = try await face.sendBatch(Batches.text(to: 1000) { $0["processing_strategy"] = "DISPATCH_ONLY" })

        try await face.makeMessages()

        #expect(try await face.status(of: batch) == "PROCESSED")
        #expect(try await face.store.waitingMessages(of: [Bakery.app], in: Bakery.project) == [1000])
    }

    @Test("a batch that was cut off in the middle goes on where it was", .timeLimit(.minutes(2)))
    func restart() async throws {
        var stumbling = face
        let failures = FailingAdvances(after: 2)
        stumbling.change = { $0.appBatches = failures.store(over: $0.appBatches) }
        let batch = try await face.sendBatch(Batches.text(to: 180))
        let service = try await stumbling.batchService
        let due = try #require(await service.look(except: []).items.first)
        await service.work(on: due)
        #expect(try await face.sent.count == 100)
        #expect(try await face.status(of: batch) == "READY")

        try await face.makeMessages()

        let numbers = try await face.sent.map(\.entry.identity.identity)
        #expect(Set(numbers).count == 180)
        #expect(numbers.count == 180)
        #expect(try await face.status(of: batch) == "PROCESSED")
    }

    @Test("a batch whose app is gone fails, and so does one that cannot be read; others go on")
    func failures() async throws {
        let gone = try await face.sendBatch(Batches.text(to: 2) { $0["app_id"] = .string(Face.curiousApp) })
        let broken = try await insert("{")
        let whole = try await face.sendBatch(Batches.text(to: 2))
        var directory = Face.sendingCustomers()
        directory.projects[Bakery.project]?.apps.removeAll { $0.id == Face.curiousApp }
        face.directory.replace(with: directory)

        try await face.makeMessages()

        #expect(try await face.status(of: gone) == "FAILED")
        #expect(try await face.status(of: broken) == "FAILED")
        #expect(try await face.status(of: whole) == "PROCESSED")
        #expect(try await face.sent.count == 2)
    }

    @Test("a batch whose request is gone fails, and is not found again")
    func withoutRequest() async throws {
        var forgetful = face
        let failures = FailingAdvances(losesRequests: true)
        forgetful.change = { $0.appBatches = failures.store(over: $0.appBatches) }
        let batch = try await face.sendBatch(Batches.text(to: 2))
        let service = try await forgetful.batchService
        await service.work(on: try #require(await service.look(except: []).items.first))

        #expect(try await face.status(of: batch) == "FAILED")
        #expect(await service.look(except: []).items.isEmpty)
    }

    /// A batch that another version of the gateway took.
    private func insert(_ request: String) async throws -> String {
        let batch = AppBatch(
            id: ULIDGenerator().next(at: Face.now), owner: .app(Bakery.app, project: Bakery.project),
            createdAt: Face.now, sendAfter: Face.now, isLater: false, recipientCount: 1, phase: .ready, metadata: "",
            keys: [])
        _ = try await face.store.insert(
            batch, request: Array(request.utf8), notices: [], keeping: nil, limits: QueueLimits())
        return batch.id.description
    }
}
