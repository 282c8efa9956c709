import Doubles
import Foundation
import GatewayCore
import Testing

/// Media is fetched in turns.
enum MediaTurnPromises {
    private static let other = Owner.servicePlan("plan2")
    private static let later = Date.start + .seconds(60)

    private static func request(_ capacity: Int, limit: Int = 100) -> MediaRequest {
        MediaRequest(share: MediaShare(.mediaDownloads, capacity: capacity), limit: limit, now: Self.later)
    }

    static let all = Promise.list("Media is fetched in turns") {
        Promise("half of what may be fetched is left for others, who are not behind whoever has much") { scene in
            for _ in 0..<10 { try await scene.inserted(to: ["12025550101"]) }
            let late = try await scene.inserted(to: ["12025550101"], of: Self.other, sendAt: .start + .seconds(30))

            let found = try await scene.store.batchesWithoutMedia(request(8))

            #expect(found.tasks.count == 5)
            #expect(found.tasks.last?.batch == late.id)
            #expect(found.cursor == nil)
        }
        Promise("what is going on counts, and is not given again") { scene in
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
        Promise("a server that timed out has one permit, and other servers of the customer have theirs") { scene in
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
        Promise("a customer with hundreds of servers comes to each of them in the end, and others at once") { scene in
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
        Promise("trouble of our own is no try, and the last reason is known") { scene in
            let batch = try await scene.inserted(to: ["12025550101"])

            try await scene.store.postponeMedia(
                of: batch.id, revision: 0, until: .start, because: "the server answered 503", isTry: true, now: .start)
            try await scene.store.postponeMedia(
                of: batch.id, revision: 0, until: .start, because: "no disk", isTry: false, now: .start)

            #expect(try await scene.store.batchesWithoutMedia(request(8)).tasks.map(\.tries) == [1])
        }
        Promise("media is known by the name that its server gives") { scene in
            let batch = try await scene.inserted(to: ["12025550101"])
            var media = Scene.picture
            media.name = "menu.pdf"

            try await scene.store.recordMedia(media, for: batch.id, now: .start)

            #expect(try await scene.store.content(of: batch.id)?.1 == [media])
        }
        Promise("a text that travels alone has a line of its own") { scene in
            try await scene.inserted(to: ["12025550101"], media: nil)

            let tasks = try await scene.store.batchesWithoutMedia(request(8)).tasks

            #expect(tasks.map(\.url) == [nil])
            #expect(tasks.map(\.queue.server.description) == [""])
        }
    }
}
