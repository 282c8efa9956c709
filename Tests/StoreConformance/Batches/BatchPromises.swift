import Doubles
import Foundation
import GatewayCore
import Testing

/// A store keeps batches.
enum BatchPromises {
    static let all = Promise.list("A store keeps batches") {
        Promise("a batch is read as it was given") { scene in
            let ids = ULIDGenerator()
            let order = Order(
                to: ["12025550101", "01JNXK7RB5E1ZQ6F8P0W4GR0VQ"], from: try #require(Originator("12345")),
                content: Content(
                    subject: "Grüße 🐈", isSubjectTemplate: true, text: "Hi ${name}\u{0}!",
                    media: [.init(url: "https://m.example/a?b=c&d"), .init(url: "https://n.example/\"ü")],
                    isStrict: true),
                parameters: Parameters(["name": ["12025550101": "Ana", "default": ""]]),
                sendAt: .start + .seconds(2), expireAt: .start + .seconds(3),
                callbackURL: "https://app.example.net/mms", reference: "", interest: [.endFull, .inbound],
                echo: Echo(#"{"tags":["a b"]}"#))
            var batch = Batch(
                order, id: ids.next(at: .start), owner: .app("01E3", project: "p1"), createdAt: .start)
            batch.modifiedAt = .start + .seconds(1)
            batch.isCanceled = true
            batch.trace = Trace(
                requestID: "order-4711", parent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                state: "a=b c", now: .start)

            try await scene.store.insert(batch, messages: [])

            #expect(try await scene.store.batch(batch.id, of: .app("01E3", project: "p1")) == batch)
        }
        Promise("a batch with the least there can be is read as it was given") { scene in
            let batch = try await scene.inserted(to: ["12025550101"])

            #expect(try await scene.store.batch(batch.id, of: Scene.owner) == batch)
        }
        Promise.each(
            "another owner does not see a batch",
            of: [Owner.servicePlan("plan2"), .app("plan1", project: "p1")] as [Owner]
        ) { scene, other in
            let batch = try await scene.inserted(to: ["12025550101"])

            #expect(try await scene.store.batch(batch.id, of: other) == nil)
            #expect(try await scene.store.batch(ULID(high: 1, low: 1), of: Scene.owner) == nil)
        }
        Promise("a batch that cannot be kept whole is not kept at all") { scene in
            let (batch, messages) = try scene.submittal(to: ["12025550101"])
                .accepted(now: .start, expansion: Expansion(routes: Scene.routes, ids: ULIDGenerator()))

            let failure = await #expect(throws: StoreFailure.self) {
                try await scene.store.insert(batch, messages: messages + messages)
            }

            #expect(failure?.isBroken == true)
            #expect(failure?.text.contains("12025550101") == false)
            #expect(try await scene.store.batch(batch.id, of: Scene.owner) == nil)
            #expect(try await scene.store.tallies(of: batch.id, withRecipients: false).isEmpty)
        }
        Promise("a message is found by its recipient") { scene in
            let batch = try await scene.inserted(to: ["12025550101", "442071838750", "99900000000"])

            let routed = try await scene.message(to: "442071838750", in: batch)
            let unroutable = try await scene.message(to: "99900000000", in: batch)

            #expect(routed.carriers == Carriers(["south"]))
            #expect(routed.state == .queued)
            #expect(routed.changedAt == .start)
            #expect(routed.attempts == 0)
            #expect(unroutable.carriers == nil)
            #expect(unroutable.state == .aborted(.unroutable))
            let stranger = try #require(MSISDN("12025550199"))
            #expect(try await scene.store.message(to: stranger, in: batch.id) == nil)
        }
        Promise.each(
            "a number is read as it was accepted, however it was written",
            of: [
                "1234567", "123456789012345", "+1 (202) 555-01.01", "0012025550101", "(+1) 202 5550101", "00 10 00000",
            ] as [String]
        ) { scene, spelling in
            let number = try #require(MSISDN(spelling))
            let routes = Routes([.init(prefix: "", mmscs: ["north"])])
            let (batch, messages) = try scene.submittal(to: [spelling], interest: [.submitted, .final])
                .accepted(now: .start, expansion: Expansion(routes: routes, ids: ULIDGenerator()))
            try await scene.store.insert(batch, messages: messages)
            try await scene.store.recordMedia(Scene.picture, for: batch.id, now: .start)

            let claim = try await scene.claim()
            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claim, now: .start)

            let message = try #require(try await scene.store.message(to: number, in: batch.id))
            #expect(claim.recipient == number)
            #expect(message.recipient == number)
            #expect(try await scene.events().map(\.message) == [message])
            let tallies = try await scene.store.tallies(of: batch.id, withRecipients: true)
            #expect(tallies.map(\.recipients) == [[number]])
        }
        Promise("tallies count the messages by state") { scene in
            let batch = try await scene.due(to: ["12025550105", "99900000000", "12025550102", "12025550103"])
            for claim in try await scene.claims(limit: 2) {
                try await scene.store.record(
                    SubmissionResult(.accepted(messageID: "M\(claim.message)")), of: claim, now: .start)
            }

            let counts = try await scene.store.tallies(of: batch.id, withRecipients: false)

            #expect(
                Dictionary(uniqueKeysWithValues: counts.map { ($0.state, $0.count) }) == [
                    .queued: 1, .submitted(messageID: ""): 2, .aborted(.unroutable): 1,
                ])
            #expect(counts.allSatisfy { $0.recipients.isEmpty })
        }
        Promise("tallies name the recipients in the order of the batch") { scene in
            let batch = try await scene.inserted(to: ["12025550105", "99900000000", "12025550102", "12025550103"])

            let tallies = try await scene.store.tallies(of: batch.id, withRecipients: true)

            let byState = Dictionary(uniqueKeysWithValues: tallies.map { ($0.state, $0) })
            #expect(byState[.queued]?.recipients.map(\.digits) == ["12025550105", "12025550102", "12025550103"])
            #expect(byState[.queued]?.count == 3)
            #expect(byState[.aborted(.unroutable)]?.recipients.map(\.digits) == ["99900000000"])
            #expect(tallies.count == 2)
        }
        Promise("what cannot be sent is told from the beginning") { scene in
            try await scene.inserted(to: ["99900000000", "12025550101"], interest: .final)
            try await scene.inserted(to: ["99900000000"], interest: .endFull)
            try await scene.inserted(to: ["99900000000", "12025550101"], interest: .endFull)

            #expect(try await scene.toldStates() == [.aborted(.unroutable), nil])
        }
        Promise("a commit can be made") { scene in
            try await scene.store.check()
        }
    }
}
