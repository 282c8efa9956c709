import Doubles
import Foundation
import GatewayCore
import Testing

/// A store knows which media is missing.
enum MediaPromises {
    static let all = Promise.list("A store knows which media is missing") {
        Promise("a batch waits for its media until that is here") { scene in
            let batch = try await scene.inserted(to: ["12025550101"])
            let waiting = try await scene.store.batchesWithoutMedia(limit: 10, now: .start, except: [])
            #expect(
                waiting == [
                    MediaTask(
                        batch: batch.id,
                        queue: MediaSource(
                            owner: batch.owner, server: WebServer(description: "https://media.example.net:443")),
                        url: batch.order.content.media[0].url, tries: 0, expireAt: batch.order.expireAt)
                ])
            #expect(try await scene.store.content(of: batch.id) == nil)
            #expect(try await scene.claims().isEmpty)

            try await scene.store.recordMedia(Scene.picture, for: batch.id, now: .start)

            #expect(try await scene.store.batchesWithoutMedia(limit: 10, now: .start, except: []).isEmpty)
            let content = try #require(try await scene.store.content(of: batch.id))
            #expect(content.0 == batch)
            #expect(content.1 == [Scene.picture])
            #expect(try await scene.claims().count == 1)
        }
        Promise("a batch for later is asked for when its time has come") { scene in
            let begin = Date.start + .seconds(600)
            let batch = try await scene.inserted(to: ["12025550101"], sendAt: begin)

            let before = begin + .milliseconds(-1)
            #expect(try await scene.store.batchesWithoutMedia(limit: 10, now: before, except: []).isEmpty)
            let begun = try await scene.store.batchesWithoutMedia(limit: 10, now: begin, except: [])
            #expect(begun.map(\.batch) == [batch.id])
        }
        Promise("media that comes before the batch begins is asked for again when it does") { scene in
            let begin = Date.start + .seconds(600)
            let batch = try await scene.inserted(to: ["12025550101"], sendAt: begin)

            try await scene.store.recordMedia(Scene.picture, for: batch.id, now: .start)

            #expect(try await scene.store.nextDue(at: "north") == nil)
            #expect(try await scene.store.batchesWithoutMedia(limit: 10, now: .start, except: []).isEmpty)
            let begun = try await scene.store.batchesWithoutMedia(limit: 10, now: begin, except: [])
            #expect(begun.map(\.batch) == [batch.id])
        }
        Promise("postponed media is asked for again, with its tries counted") { scene in
            let batch = try await scene.inserted(to: ["12025550101"])
            let again = Date.start + .seconds(5)

            try await scene.store.postponeMedia(of: batch.id, revision: 0, until: again, now: .start)

            #expect(try await scene.store.batchesWithoutMedia(limit: 10, now: .start, except: []).isEmpty)
            #expect(try await scene.store.batchesWithoutMedia(limit: 10, now: again, except: []).map(\.tries) == [1])
        }
        Promise("the longest waiting come first, without those being worked on") { scene in
            var batches: [Batch] = []
            for seconds in [30, 10, 20] {
                batches.append(
                    try await scene.inserted(to: ["12025550101"], sendAt: .start + .seconds(seconds)))
            }

            let tasks = try await scene.store.batchesWithoutMedia(
                limit: 1, now: .start + .seconds(60), except: [batches[1].id])

            #expect(tasks.map(\.batch) == [batches[2].id])
        }
        Promise("media that is here already is not recorded again") { scene in
            let batch = try await scene.due(to: ["12025550101"])
            let later = Date.start + .seconds(30)
            try await scene.store.record(SubmissionResult(.postponed, dueAt: later), of: scene.claim(), now: .start)

            try await scene.store.recordMedia(Scene.picture, for: batch.id, now: .start)

            #expect(try await scene.store.nextDue(at: "north") == later)
        }
        Promise("a batch that cannot be sent ends what has not left") { scene in
            let numbers = ["12025550101", "12025550102", "12025550103"]
            let batch = try await scene.due(to: numbers, interest: [.submitted, .final])
            let claim = try #require(try await scene.claims(limit: 1).first)

            try await scene.store.abandon(batch.id, because: .mediaUnreachable, now: .start)

            #expect(try await scene.toldStates() == [.aborted(.mediaUnreachable), .aborted(.mediaUnreachable)])
            #expect(try await scene.message(to: claim.recipient.digits, in: batch).state == .submitting)
            #expect(try await scene.store.nextDue(at: "north") == nil)
        }
        Promise("what a batch is abandoned for is kept with each message, in the place of an older reason") { scene in
            let batch = try await scene.due(to: ["12025550101"])
            try await scene.store.record(
                SubmissionResult(.postponed, statusText: "HTTP 503"), of: scene.claim(), now: .start)

            try await scene.store.abandon(
                batch.id, because: .mediaUnreachable, reason: "the file is empty", now: .start)

            #expect(try await scene.message(in: batch).statusText == "the file is empty")
        }
        Promise("a batch without its media ends whole and is told") { scene in
            let batch = try await scene.inserted(to: ["12025550101", "99900000000"], interest: .endSummary)

            try await scene.store.abandon(batch.id, because: .mediaUnreachable, now: .start)
            try await scene.store.abandon(batch.id, because: .mediaUnreachable, now: .start)

            #expect(try await scene.toldStates() == [nil])
            let far = Date.start + .seconds(1_000_000)
            #expect(try await scene.store.batchesWithoutMedia(limit: 10, now: far, except: []).isEmpty)
        }
        Promise("a batch without anything to send needs no media") { scene in
            try await scene.inserted(to: ["99900000000"])

            #expect(try await scene.store.batchesWithoutMedia(limit: 10, now: .start, except: []).isEmpty)
            #expect(await !wasRaised(scene.signals.media))
        }
        Promise("several media are asked for one after the other, each at its server") { scene in
            let urls = ["https://a.example/1", "https://b.example/2", "https://b.example/3"]
            let (batch, messages) = try scene.submittal(to: ["12025550101"], media: urls)
                .accepted(now: .start, expansion: scene.expansion)
            try await scene.store.insert(batch, messages: messages)
            var stored: [StoredMedia] = []

            for (number, url) in urls.enumerated() {
                let tasks = try await scene.store.batchesWithoutMedia(limit: 10, now: .start, except: [])
                #expect(tasks.map(\.number) == [number])
                #expect(tasks.map(\.url) == [url])
                #expect(tasks.map(\.queue.server) == [WebServer(of: url)])
                #expect(tasks.map(\.tries) == [0], "each has its own tries")
                #expect(try await scene.store.content(of: batch.id) == nil)
                #expect(try await scene.claims().isEmpty)
                try await scene.store.postponeMedia(of: batch.id, revision: 0, until: .start, now: .start)
                stored.append(
                    StoredMedia(
                        hash: String(repeating: "\(number)", count: 64), contentType: "image/png", byteCount: number))
                try await scene.store.recordMedia(
                    stored[number], number: number, for: batch.id, revision: 0, expansion: scene.expansion,
                    now: .start)
                #expect(await wasRaised(scene.signals.media))
            }

            #expect(try await scene.store.content(of: batch.id)?.1 == stored)
            #expect(try await scene.claims().count == 1)
            #expect(try await scene.store.batchesWithoutMedia(limit: 10, now: .start, except: []).isEmpty)
        }
        Promise("a medium that is here already, or is not the next, changes nothing") { scene in
            let (batch, messages) = try scene.submittal(
                to: ["12025550101"], media: ["https://a.example/1", "https://a.example/2"]
            )
            .accepted(now: .start, expansion: scene.expansion)
            try await scene.store.insert(batch, messages: messages)

            for _ in 0..<2 {
                try await scene.store.recordMedia(
                    Scene.picture, number: 0, for: batch.id, revision: 0, expansion: scene.expansion, now: .start)
            }

            let tasks = try await scene.store.batchesWithoutMedia(limit: 10, now: .start, except: [])
            #expect(tasks.map(\.number) == [1])
            #expect(try await scene.claims().isEmpty)
        }
        Promise("signals are raised for what has become due") { scene in
            let batch = try await scene.inserted(to: ["12025550101"])
            #expect(await wasRaised(scene.signals.media))
            #expect(await !wasRaised(scene.signals.messages(at: "north")))

            try await scene.store.recordMedia(Scene.picture, for: batch.id, now: .start)

            #expect(await wasRaised(scene.signals.messages(at: "north")))
            #expect(await !wasRaised(scene.signals.messages(at: "south")))
            #expect(await !wasRaised(scene.signals.events))
        }
    }
}
