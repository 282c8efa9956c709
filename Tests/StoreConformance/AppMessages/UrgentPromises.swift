import Doubles
import Foundation
import GatewayCore
import Testing

/// A store sends what is urgent first.
enum UrgentPromises {
    private static let other = Owner.app("app2", project: Scene.project)

    static let all = Promise.list("A store sends what is urgent first") {
        Promise("before messages of every size that its customer sent earlier") { scene in
            for siblings in [1, 10, 100, 1000] { try await scene.due([scene.send(siblings: siblings)]) }
            let urgent = try await scene.due([scene.send(isUrgent: true, siblings: 1000)])

            #expect(try await scene.claims(limit: 1).map(\.batch) == urgent.map(\.batch.id))
            #expect(try await scene.claims().count == 4, "the others follow")
        }
        Promise("in the same look as others, which have what it leaves") { scene in
            try await scene.due((1...5).map { _ in try scene.send() })
            try await scene.due([scene.send(isUrgent: true)])

            #expect(try await scene.claims(limit: 4).count == 4)
        }
        Promise("also after a pause") { scene in
            let urgent = try await scene.due([scene.send(isUrgent: true)])[0]
            let claim = try await scene.claim()
            let later = Date.start + .seconds(60)
            try await scene.store.record(
                SubmissionResult(.postponed, dueAt: later), of: claim, now: .start)
            try await scene.due([scene.send()], now: .start + .seconds(10))

            #expect(try await scene.claims(limit: 1, now: later).map(\.batch) == [urgent.batch.id])
        }
        Promise("and delays no other customer") { scene in
            try await scene.due((1...8).map { _ in try scene.send(isUrgent: true) })
            let others = try await scene.due((1...8).map { _ in try scene.send(of: other) })

            let claims = try await scene.claims(limit: 8)

            #expect(Set(claims.map(\.batch)).intersection(others.map(\.batch.id)).count == 4)
        }
        Promise("its media too") { scene in
            let media = "https://media.example.net/cat.jpg"
            try await scene.taken([scene.send(media: media)])
            let urgent = try await scene.taken([scene.send(isUrgent: true, media: media)])[0]

            let tasks = try await scene.store.batchesWithoutMedia(limit: 1, now: .start, except: [])

            #expect(tasks.map(\.batch) == [urgent.batch.id])
        }
        Promise("small requests take turns with large ones") { scene in
            try await scene.due((1...10).map { _ in try scene.send(siblings: 1000) })
            let single = try await scene.due([scene.send()])[0]

            #expect(try await scene.claims(limit: 4).map(\.batch).contains(single.batch.id))
        }
    }
}
