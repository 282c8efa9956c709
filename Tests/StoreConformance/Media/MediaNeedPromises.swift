import Doubles
import Foundation
import GatewayCore
import Testing

/// A store knows which media is needed.
enum MediaNeedPromises {
    private static func isNeeded(_ scene: Scene) async throws -> Bool {
        let needs = scene.store
        let other = String(repeating: "cd", count: 32)
        let needed = try await needs.needed(among: [other, Scene.picture.hash])
        #expect(!needed.contains(other))
        return needed == [Scene.picture.hash]
    }

    static let all = Promise.list("A store knows which media is needed") {
        Promise("until every message has ended") { scene in
            #expect(try await !isNeeded(scene))
            try await scene.submitted()
            #expect(try await isNeeded(scene))

            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)

            #expect(try await !isNeeded(scene))
        }
        Promise("until the customer was told, or is given up") { scene in
            try await scene.submitted(interest: .final)
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)
            #expect(try await isNeeded(scene))

            for claim in try await scene.events() {
                try await scene.store.record(.heard, of: claim.event.id, now: .start)
            }

            #expect(try await !isNeeded(scene))
        }
        Promise("as long as one of the batches that have it is open") { scene in
            try await scene.submitted()
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)

            try await scene.due(to: ["12025550102"])

            #expect(try await isNeeded(scene))
        }
        Promise("an empty question has an empty answer") { scene in
            let needed = try await scene.store.needed(among: [])
            #expect(needed == [])
        }
    }
}
