import Doubles
import Foundation
import GatewayCore
import Testing

@Suite("Media is fetched in turns")
struct MediaTurnConformance {
    private static let other = Owner.servicePlan("plan2")
    private static let later = Date.start + .seconds(60)

    private func request(_ capacity: Int, limit: Int = 100) -> MediaRequest {
        MediaRequest(share: MediaShare(.mediaDownloads, capacity: capacity), limit: limit, now: Self.later)
    }

    @Test(
        "half of what may be fetched is left for others, who are not behind whoever has much",
        arguments: Implementation.all)
    func halves(_ implementation: Implementation) async throws {
        try await implementation { scene in
            for _ in 0..<10 { try await scene.inserted(to: ["12025550101"]) }
            let late = try await scene.inserted(to: ["12025550101"], of: Self.other, sendAt: .start + .seconds(30))

            let found = try await scene.store.batchesWithoutMedia(request(8))

            #expect(found.tasks.count == 5)
            #expect(found.tasks.last?.batch == late.id)
            #expect(found.cursor == nil)
        }
    }

    @Test("what is going on counts, and is not given again", arguments: Implementation.all)
    func ongoing(_ implementation: Implementation) async throws {
        try await implementation { scene in
            for _ in 0..<6 { try await scene.inserted(to: ["12025550101"]) }
            let first = try await scene.store.batchesWithoutMedia(request(8)).tasks
            var request = request(8)
            for task in first.prefix(3) {
                request.share.take(for: task.queue.owner, at: task.queue)
                request.ongoing[task.batch] = task.queue
            }

            let found = try await scene.store.batchesWithoutMedia(request)

            #expect(first.count == 4)
            #expect(found.tasks.map(\.batch) == [first[3].batch])
        }
    }

    @Test(
        "a server that timed out has one permit, and other servers of the customer have theirs",
        arguments: Implementation.all)
    func hanging(_ implementation: Implementation) async throws {
        try await implementation { scene in
            for _ in 0..<5 { try await scene.inserted(to: ["12025550101"]) }
            let elsewhere = try await scene.inserted(to: ["12025550101"], media: "https://fast.example/a.jpg")
            var request = request(20)
            let slow = MediaSource(owner: Scene.owner, server: WebServer(of: "https://media.example.net/"))
            request.share.take(for: slow.owner, at: slow)
            request.share.giveBack(of: slow.owner, at: slow, after: .timedOut)

            let found = try await scene.store.batchesWithoutMedia(request)

            #expect(found.tasks.count == 2)
            #expect(found.tasks.contains { $0.batch == elsewhere.id })
        }
    }

    @Test(
        "a customer with hundreds of servers comes to each of them in the end, and others at once",
        arguments: Implementation.all)
    func manyServers(_ implementation: Implementation) async throws {
        try await implementation { scene in
            for number in 0..<300 {
                try await scene.inserted(to: ["12025550101"], media: "https://s\(number).example/a.jpg")
            }
            let other = try await scene.inserted(to: ["12025550101"], of: Self.other)
            var request = request(10_000, limit: 1000)

            let first = try await scene.store.batchesWithoutMedia(request)
            request.cursor = first.cursor
            let second = try await scene.store.batchesWithoutMedia(request)

            #expect(first.cursor != nil)
            #expect(second.tasks.contains { $0.batch == other.id })
            #expect(Set((first.tasks + second.tasks).map(\.batch)).count == 301)
        }
    }

    @Test("trouble of our own is no try, and the last reason is known", arguments: Implementation.all)
    func ownTrouble(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let batch = try await scene.inserted(to: ["12025550101"])

            try await scene.store.postponeMedia(
                of: batch.id, revision: 0, until: .start, because: "the server answered 503", isTry: true, now: .start)
            try await scene.store.postponeMedia(
                of: batch.id, revision: 0, until: .start, because: "no disk", isTry: false, now: .start)

            #expect(try await scene.store.batchesWithoutMedia(request(8)).tasks.map(\.tries) == [1])
        }
    }

    @Test("media is known by the name that its server gives", arguments: Implementation.all)
    func name(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let batch = try await scene.inserted(to: ["12025550101"])
            var media = Scene.picture
            media.name = "menu.pdf"

            try await scene.store.recordMedia(media, for: batch.id, now: .start)

            #expect(try await scene.store.content(of: batch.id)?.1 == [media])
        }
    }

    @Test("a text that travels alone has a line of its own", arguments: Implementation.all)
    func textAlone(_ implementation: Implementation) async throws {
        try await implementation { scene in
            try await scene.inserted(to: ["12025550101"], media: nil)

            let tasks = try await scene.store.batchesWithoutMedia(request(8)).tasks

            #expect(tasks.map(\.url) == [nil])
            #expect(tasks.map(\.queue.server.description) == [""])
        }
    }
}
