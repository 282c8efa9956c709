import Doubles
import Foundation
import GatewayCore
import Testing

/// A store ends messages whose time is over.
enum ExpiryPromises {
    private static let expiry = Date.start + .seconds(30)
    private static let later = Date.start + .seconds(100)

    static let all = Promise.list("A store ends messages whose time is over") {
        Promise("what is queued when its time comes is aborted") { scene in
            let batch = try await scene.due(
                to: ["12025550101"], interest: .final, expireAt: Self.expiry)
            try await scene.store.record(
                SubmissionResult(.postponed, statusText: "HTTP 503"), of: scene.claim(), now: .start)
            let live = try await scene.due(to: ["12025550101"], expireAt: Self.later)

            #expect(try await scene.store.expire(limit: 10, now: Self.expiry + .milliseconds(-1)) == 0)
            #expect(try await scene.store.expire(limit: 10, now: Self.expiry) == 1)
            #expect(try await scene.store.expire(limit: 10, now: Self.expiry) == 0)

            let message = try await scene.message(in: batch)
            #expect(message.state == .aborted(.expiredInQueue))
            #expect(message.changedAt == Self.expiry)
            #expect(message.statusText == nil)
            #expect(try await scene.events(now: Self.expiry).map(\.message) == [message])
            #expect(await wasRaised(scene.signals.events))
            #expect(try await scene.message(in: live).state == .queued)
            #expect(try await scene.claims(now: Self.expiry).map(\.batch) == [live.id])
        }
        Promise("what is in doubt when its time comes is unknown") { scene in
            let batch = try await scene.due(
                to: ["12025550101"], interest: .final, expireAt: Self.expiry)
            try await scene.store.record(SubmissionResult(.answerLost), of: scene.claim(), now: .start)

            #expect(try await scene.store.expire(limit: 10, now: Self.expiry) == 1)

            #expect(try await scene.message(in: batch).state == .unknown)
            #expect(try await scene.toldStates(now: Self.expiry) == [.unknown])
            #expect(try await scene.store.nextDue(at: "north") == nil)
        }
        Promise("what is claimed or handed over is left alone") { scene in
            let submitted = try await scene.submitted(expireAt: Self.expiry)
            let claimed = try await scene.due(to: ["12025550101"], expireAt: Self.expiry)
            _ = try await scene.claim()

            #expect(try await scene.store.expire(limit: 10, now: Self.later) == 0)

            #expect(try await scene.message(in: submitted).state == .submitted(messageID: "M1"))
            #expect(try await scene.message(in: claimed).state == .submitting)
        }
        Promise("a batch that expires while its media fails says why that fails") { scene in
            let swept = try await scene.inserted(to: ["12025550101"], expireAt: Self.expiry)
            let abandoned = try await scene.inserted(to: ["12025550101"], expireAt: Self.expiry)
            for batch in [swept, abandoned] {
                try await scene.store.postponeMedia(
                    of: batch.id, revision: 0, until: Self.expiry, because: "the server answered 503", isTry: true,
                    now: .start)
            }
            try await scene.store.abandon(abandoned.id, because: .expiredInQueue, now: Self.expiry)
            #expect(try await scene.store.expire(limit: 10, now: Self.expiry) == 1)

            for batch in [swept, abandoned] {
                let message = try await scene.message(in: batch)
                #expect(message.state == .aborted(.expiredInQueue))
                #expect(message.statusText == "the media did not come: the server answered 503")
            }
        }
        Promise(
            "what kept the gateway from trying is no reason, and the one before it stays; a text alone waits for no media"
        ) { scene in
            for (media, text) in [
                ("https://media.example.net/cat.jpg", "the media did not come: the server answered 503"), (nil, nil),
            ] as [(String?, PeerText?)] {
                let swept = try await scene.inserted(to: ["12025550101"], expireAt: Self.expiry, media: media)
                let abandoned = try await scene.inserted(to: ["12025550101"], expireAt: Self.later, media: media)
                for batch in [swept, abandoned] {
                    for reason: MediaReason? in ["the server answered 503", nil] {
                        try await scene.store.postponeMedia(
                            of: batch.id, revision: 0, until: Self.expiry, because: reason, isTry: false, now: .start)
                    }
                }
                try await scene.store.abandon(abandoned.id, because: .expiredInQueue, now: Self.expiry)
                #expect(try await scene.store.expire(limit: 10, now: Self.expiry) == 1)

                for batch in [swept, abandoned] { #expect(try await scene.message(in: batch).statusText == text) }
            }
        }
        Promise("a message ends wherever it was to go, with its media or without") { scene in
            let numbers = ["12025550101", "442071838750"]
            let waiting = try await scene.inserted(to: numbers, interest: .endSummary, expireAt: Self.expiry)
            let due = try await scene.due(to: numbers, interest: .endSummary, expireAt: Self.expiry)

            #expect(try await scene.store.expire(limit: 10, now: Self.later) == 4)

            for batch in [waiting, due] {
                let tallies = try await scene.store.tallies(of: batch.id, withRecipients: false)
                #expect(tallies.map(\.state) == [.aborted(.expiredInQueue)])
            }
            #expect(try await scene.events(now: Self.later).map(\.batch?.id) == [waiting.id, due.id])
            #expect(try await scene.store.batchesWithoutMedia(limit: 10, now: Self.later, except: []).isEmpty)
        }
        Promise("no more end at a time than asked for, the longest over first") { scene in
            let second = try await scene.due(
                to: ["12025550101", "12025550102"], interest: .endFull, expireAt: Self.later)
            let first = try await scene.due(to: ["12025550101"], interest: .endFull, expireAt: Self.expiry)

            #expect(try await scene.store.expire(limit: 1, now: Self.later) == 1)
            #expect(try await scene.events(now: Self.later).map(\.batch?.id) == [first.id])
            #expect(try await scene.store.expire(limit: 1, now: Self.later) == 1)
            #expect(try await scene.events(now: Self.later).isEmpty)
            #expect(try await scene.store.expire(limit: 10, now: Self.later) == 1)

            #expect(try await scene.events(now: Self.later).map(\.batch?.id) == [second.id])
        }
        Promise("a batch ends with its last message, also when others ended before") { scene in
            let numbers = ["12025550101", "12025550102", "442071838750", "99900000000"]
            try await scene.due(to: numbers, interest: .endSummary, expireAt: Self.expiry)
            let claims = try await scene.claims()
            try await scene.store.record(SubmissionResult(.refused(.refusedByMMSC)), of: claims[0], now: .start)

            #expect(try await scene.store.expire(limit: 10, now: Self.expiry) == 1)
            #expect(try await scene.toldStates(now: Self.expiry) == [])
            try await scene.store.record(SubmissionResult(.postponed), of: claims[1], now: Self.expiry)
            #expect(try await scene.store.expire(limit: 10, now: Self.expiry) == 1)

            #expect(try await scene.toldStates(now: Self.expiry) == [nil])
        }
    }
}
