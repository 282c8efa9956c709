import Doubles
import Foundation
import GatewayCore
import Testing

@Suite("A store knows which media is needed")
struct MediaNeedsConformance {
    private func isNeeded(_ scene: Scene) async throws -> Bool {
        let needs = scene.store
        let other = String(repeating: "cd", count: 32)
        let needed = try await needs.needed(among: [other, Scene.picture.hash])
        #expect(!needed.contains(other))
        return needed == [Scene.picture.hash]
    }

    @Test("until every message has ended", arguments: Implementation.all)
    func open(_ implementation: Implementation) async throws {
        try await implementation { scene in
            #expect(try await !isNeeded(scene))
            try await scene.submitted()
            #expect(try await isNeeded(scene))

            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)

            #expect(try await !isNeeded(scene))
        }
    }

    @Test("until the customer was told, or is given up", arguments: Implementation.all)
    func untold(_ implementation: Implementation) async throws {
        try await implementation { scene in
            try await scene.submitted(interest: .final)
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)
            #expect(try await isNeeded(scene))

            for claim in try await scene.events() {
                try await scene.store.record(.heard, of: claim.event.id, now: .start)
            }

            #expect(try await !isNeeded(scene))
        }
    }

    @Test("as long as one of the batches that have it is open", arguments: Implementation.all)
    func shared(_ implementation: Implementation) async throws {
        try await implementation { scene in
            try await scene.submitted()
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)

            try await scene.due(to: ["12025550102"])

            #expect(try await isNeeded(scene))
        }
    }

    @Test("an empty question has an empty answer", arguments: Implementation.all)
    func empty(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let needed = try await scene.store.needed(among: [])
            #expect(needed == [])
        }
    }
}
