import Doubles
import Foundation
import GatewayCore
import Testing

/// A store takes the messages of apps.
enum AppSendPromises {
    private static func answer(_ key: String, status: Int = 200) -> KeptAnswer {
        KeptAnswer(owner: Scene.app, key: key, request: "POST", status: status, body: Array("{}".utf8), at: .start)
    }

    static let all = Promise.list("A store takes the messages of apps") {
        Promise("each is a batch that lists have, with its media as they were named") { scene in
            let send = try scene.send(media: "https://media.example.net/a.jpg")
            try await scene.taken([send])

            let listed = try #require(
                try await scene.store.appMessage(send.message.id, of: Scene.project, now: .start))

            #expect(listed.entry == send.entry)
            #expect(listed.content == .sent(send.batch))
            #expect(try await scene.store.batch(send.batch.id, of: Scene.app) == send.batch)
            #expect(try await scene.message(in: send.batch) == send.message)
            #expect(await wasRaised(scene.signals.media))
        }
        Promise("all or none are taken") { scene in
            let send = try scene.send()

            await #expect(throws: StoreFailure.self) {
                _ = try await scene.store.insert([scene.send(), send, send], keeping: nil, limits: QueueLimits())
            }

            #expect(try await scene.listed().isEmpty)
            #expect(try await scene.store.waitingMessages(of: [Scene.appID], in: Scene.project) == [0])
        }
        Promise("one without a line goes its way, and no list has it") { scene in
            let send = try scene.send(isListed: false)
            try await scene.due([send])

            #expect(try await scene.listed().isEmpty)
            #expect(try await scene.claims().map(\.batch) == [send.batch.id])
        }
        Promise("the answer to a repeated key comes back, and nothing is taken") { scene in
            let first = try scene.send()
            _ = try await scene.store.insert([first], keeping: answer("key"), limits: QueueLimits())

            let repeated = try await scene.store.insert(
                [scene.send()], keeping: answer("key", status: 500), limits: QueueLimits())

            #expect(repeated == .answered(answer("key")))
            #expect(try await scene.listed() == [first.message.id])
        }
        Promise("no more are taken than may wait in all") { scene in
            try await scene.inserted(to: ["12025550101"])

            let limits = QueueLimits(all: 2)
            let two = try [scene.send(), scene.send()]
            #expect(try await scene.store.insert(two, keeping: answer("key"), limits: limits) == .queueFull)
            #expect(try await scene.store.keptAnswer(to: "key", of: Scene.app, now: .start) == nil)
            #expect(try await scene.store.insert([scene.send()], keeping: nil, limits: limits) == .inserted)
        }
        Promise("no more are taken than may wait of the app") { scene in
            try await scene.taken([scene.send(of: .app("app2", project: Scene.project))])
            let limits = QueueLimits(own: 1)

            #expect(try await scene.store.insert([scene.send()], keeping: nil, limits: limits) == .inserted)
            #expect(try await scene.store.insert([scene.send()], keeping: nil, limits: limits) == .queueFull)
            let failed = try scene.send(failing: .unsendable)
            #expect(try await scene.store.insert([failed], keeping: nil, limits: limits) == .inserted)
        }
        Promise("how many of an app wait is known, also to the next process") { scene in
            let sends = try await scene.due((1...3).map { _ in try scene.send() })
            try await scene.due(to: ["12025550109"])
            let claim = try #require(try await scene.claims(limit: 1).first)
            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claim, now: .start)
            let rest = claim.batch == sends[0].batch.id ? 2 : 3
            #expect(try await scene.store.waitingMessages(of: [Scene.appID], in: Scene.project) == [rest])

            let next = try await scene.reopened()

            #expect(try await next.store.waitingMessages(of: [Scene.appID], in: Scene.project) == [rest])
            #expect(try await next.store.waitingMessages(of: ["other"], in: Scene.project) == [0])
            for send in sends { _ = try await next.store.cancel(send.batch.id, of: Scene.app, now: .start) }
            #expect(try await next.store.waitingMessages(of: [Scene.appID], in: Scene.project) == [0])
            await next.store.close()
        }
        Promise("what cannot be sent is final, and its app is notified of that") { scene in
            let send = try await scene.taken([scene.send(failing: .unsendable)])[0]

            let events = try await scene.heardEvents()

            #expect(events.map(\.message) == [send.message])
            #expect(events.first?.batch == send.batch)
            #expect(try await scene.store.waitingMessages(of: [Scene.appID], in: Scene.project) == [0])
        }
    }
}
