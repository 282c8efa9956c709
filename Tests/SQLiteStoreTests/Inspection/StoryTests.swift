import Doubles
import Foundation
import GatewayCore
import SQLiteStore
import StoreConformance
import Testing

@testable import SQLStore

@Suite("The story of a message")
struct StoryTests {
    @Test("a message is found by its id, its batch's and its MMSC's, with all that was said of it")
    func story() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            let batch = try await scene.due(to: ["12025550101"], interest: .final)
            var busy = SubmissionResult(.postponed, dueAt: .start, statusCode: 4001, statusText: "busy")
            busy.answer = "<busy/>"
            try await store.record(busy, of: scene.claim(), now: .start)
            try await store.record(SubmissionResult(.accepted(messageID: "M1")), of: scene.claim(), now: .start)
            _ = try await store.apply(.delivered(at: .start, text: "fetched"), from: "north", now: .later)
            let told = try #require(try await scene.events(now: .later).first)
            try await store.record(.heard, of: told.event.id, now: .later)
            let message = try await scene.message(in: batch)
            let inspection = try await SQLiteStore.openForReading(directory: folder)

            for name in ["\(message.id)", "\(batch.id)", "M1"] {
                let (stories, count) = try await inspection.stories(of: name)
                #expect(count == 1)
                let story = try #require(stories.first)
                #expect(story.message == message)
                #expect(story.batch == batch)
                #expect(story.media == [Scene.picture])
                #expect(story.mmsc == "north")
                #expect(story.messageID == "M1")
                #expect(story.recipientsOfRequest == [message.recipient])
                #expect(story.attempts.map(\.event) == ["postponed", "accepted"])
                #expect(story.attempts.first?.statusCode == 4001)
                #expect(story.attempts.first?.answer == "<busy/>")
                #expect(story.reports.map(\.status) == ["Retrieved"])
                #expect(story.notifications.map(\.state) == [.delivered])
                #expect(story.notifications.map(\.call.heardAt) == [.later])
            }
            #expect(try await inspection.stories(of: "M2").count == 0)
            await inspection.close()
            await store.close()
        }
    }

    @Test("each CancelReq is in the story of the messages that it was to take back")
    func cancelAttempts() async throws {
        try await inspecting { scene in
            let batch = try await scene.submitted()
            _ = try await scene.store.cancel(batch.id, of: Scene.owner, now: .start)
            for (now, outcome) in [(Date.start, CancellationResult.again(at: .later)), (.later, .withdrawn)] {
                let claims = try await scene.store.claimCancellations(
                    at: "north", limit: 1, now: now, leaseUntil: now + .seconds(60))
                let claim = try #require(claims.first)
                #expect(claim.originator == Originator("12025550100"))
                let reason: PeerText? = outcome == .withdrawn ? nil : "4001 busy"
                try await scene.store.record(outcome, because: reason, of: claim, now: now)
            }
        } check: { inspection in
            let story = try #require(try await inspection.stories(of: "M1").stories.first)
            #expect(story.cancelAttempts.map(\.number) == [1, 2])
            #expect(story.cancelAttempts.map(\.endedAt) == [.start, .later])
            #expect(story.cancelAttempts.map(\.outcome) == ["again", "withdrawn"])
            #expect(story.cancelAttempts.map(\.reason) == ["4001 busy", nil])
        }
    }

    @Test("libcurl's words are in the story, where the customer reads a sentence of ours")
    func words() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            let sent = try await scene.due(to: ["12025550101"])
            var lost = SubmissionResult(.postponed, dueAt: .later, statusText: "no connection could be made")
            lost.words = "Failed to connect"
            try await store.record(lost, of: scene.claim(), now: .start)
            let unsent = try await scene.inserted(to: ["12025550101"])
            let reason = MediaReason("no answer in time", words: "timed out after 60001 milliseconds")
            try await store.abandon(unsent.id, because: .mediaUnreachable, reason: reason, now: .start)
            let inspection = try await SQLiteStore.openForReading(directory: folder)

            let first = try #require(try await inspection.stories(of: "\(sent.id)").stories.first)
            #expect(first.message.statusText == "no connection could be made")
            #expect(first.attempts.map(\.statusText) == ["Failed to connect"])
            #expect(first.mediaWords == nil)
            let second = try #require(try await inspection.stories(of: "\(unsent.id)").stories.first)
            #expect(second.message.statusText == "no answer in time")
            #expect(second.mediaWords == "timed out after 60001 milliseconds")

            await inspection.close()
            await store.close()
        }
    }

    @Test("of a large batch the first are shown, and how many there are")
    func largeBatch() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            let batch = try await scene.inserted(to: (100..<130).map { "12025550\($0)" })
            let inspection = try await SQLiteStore.openForReading(directory: folder)

            let (stories, count) = try await inspection.stories(of: "\(batch.id)")

            #expect(count == 30)
            #expect(stories.map(\.message.recipient.digits) == (100..<120).map { "12025550\($0)" })
            #expect(stories.allSatisfy { $0.media.isEmpty })
            await inspection.close()
            await store.close()
        }
    }

    @Test("a MessageID that several MMSCs gave out finds the message of each")
    func severalMMSCs() async throws {
        try await inspecting { scene in
            try await scene.submitted()
            try await scene.due(to: ["447700900001"])
            for claim in try await scene.store.claims(at: "south", now: .start).claims {
                try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claim, now: .start)
            }
        } check: { inspection in
            let (stories, _) = try await inspection.stories(of: "M1")
            #expect(stories.map(\.mmsc) == ["north", "south"])
        }
    }

    @Test("a message that shared its SubmitReq names it, and who else was in it")
    func shared() async throws {
        let numbers = ["12025550101", "12025550102", "12025550103"]
        try await inspecting { scene in
            try await scene.due(to: numbers)
            let claims = try await scene.store.claims(recipientsPerRequest: 10, now: .start).claims
            for claim in claims {
                try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claim, now: .start)
            }
        } check: { inspection in
            let (stories, count) = try await inspection.stories(of: "M1")

            #expect(count == 3)
            let first = try #require(stories.first)
            #expect(stories.allSatisfy { $0.sharedRequest == "\(first.message.id)-3" })
            #expect(stories.allSatisfy { $0.recipientsOfRequest.map(\.digits) == numbers })
        }
    }
}
