import Doubles
import Foundation
import GatewayCore
import SQLiteStore
import StoreConformance
import Testing

@testable import SQLStore

@Suite("Another process looks into the store")
struct InspectionTests {
    @Test("what is open is counted, with or without a gateway at work")
    func overview() async throws {
        try await inspecting { scene in
            try await scene.submitted(interest: [.submitted, .final])
            try await scene.due(to: ["12025550102", "12025550103", "447700900001"])
            try await scene.inserted(to: ["12025550104"])
            let lost = try #require(try await scene.claims(limit: 1).first)
            try await scene.store.record(SubmissionResult(.answerLost, dueAt: .start), of: lost, now: .start)
            let again = try #require(try await scene.claims(limit: 100).first { $0.isResend })
            var outcome = SubmissionResult(.answerLost, dueAt: .later)
            outcome.isSent = true
            try await scene.store.record(outcome, of: again, now: .start)
        } check: { inspection in
            let overview = try await inspection.overview()

            let counts = overview.messages.map { "\($0.carriers) \($0.state) \($0.count)" }.sorted()
            #expect(
                counts == [
                    "=north inDoubt 1", "=north submitted(messageID: \"\") 1", "=north submitting 1", "north queued 1",
                    "south queued 1",
                ])
            #expect(overview.resends == ["north": 1])
            #expect(overview.openCalls == 1)
            #expect(overview.oldestOpenCall == .start)
            #expect(overview.givenUpCalls.isEmpty)
            #expect(overview.batchesWithoutMedia == 1)
            #expect(overview.openUploads == 0)
            #expect(overview.quarantined == 0 && overview.inboundsOfApps.isEmpty)
            #expect(overview.databaseBytes > 10_000)
        }
    }

    @Test("events that were given up are counted by customer, and the last reason is shown")
    func givenUp() async throws {
        try await inspecting { scene in
            try await scene.submitted(interest: [.submitted, .final])
            let told = try #require(try await scene.events().first)
            try await scene.store.record(
                .givenUp(reason: "the receiver answered 404"), of: told.event.id, now: .start)
        } check: { inspection in
            let overview = try await inspection.overview()

            #expect(overview.openCalls == 0)
            #expect(overview.givenUpCalls.map(\.owner) == [Scene.owner])
            #expect(overview.givenUpCalls.map(\.count) == [1])
            #expect(overview.givenUpCalls.map(\.reason) == ["the receiver answered 404"])
        }
    }

    @Test("inbound messages that wait for their uploads are counted, those under way and in a pause included")
    func openUploads() async throws {
        try await inspecting { scene in
            for number in 1...4 {
                let inbound = Inbound(
                    id: scene.id(), owner: Scene.owner, from: "12025550101", to: "54321", receivedAt: .start)
                _ = try await scene.store.receive(
                    InboundDelivery(
                        linkedID: nil, transactionID: "\(number)",
                        copies: [.init(inbound, notifiesOwner: true, uploadToken: .random())]),
                    from: "north", now: .start)
            }
            let claims = try await scene.store.claimUploads(
                UploadRequest(
                    limit: 3, share: UploadRequest.Share(.uploads, capacity: 6), leaseUntil: .later,
                    longestPause: .seconds(600)),
                now: .start)
            try #require(claims.count == 3)
            try await scene.store.record([], of: claims[0].inbound.id, now: .start)
            try await scene.store.postponeUploads(of: claims[1].inbound.id, media: [], until: .later)
        } check: { inspection in
            let overview = try await inspection.overview()
            #expect(overview.openUploads == 3)
        }
    }

    @Test("no database, or none of this release: what to do is said, and nothing is made")
    func refused() async throws {
        try await withTemporaryFolder { folder in
            let missing = await #expect(throws: StoreFailure.self) {
                _ = try await SQLiteStore.openForReading(directory: folder)
            }
            #expect(missing?.text.contains("\(folder)/gateway.sqlite") == true)
            #expect(missing?.text.contains("has not run with this data_directory") == true)
            #expect(!FileManager.default.fileExists(atPath: folder))

            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            #expect(FileManager.default.createFile(atPath: "\(folder)/gateway.sqlite", contents: nil))
            let empty = await #expect(throws: StoreFailure.self) {
                _ = try await SQLiteStore.openForReading(directory: folder)
            }
            #expect(empty?.text.contains("has schema 0") == true, "\(empty?.text ?? "")")
        }
    }
}
