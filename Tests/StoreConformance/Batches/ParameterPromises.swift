import Foundation
import GatewayCore
import Testing

/// A store gives a batch with its parameters as values, as text, or without them.
enum ParameterPromises {
    private static let long = Parameters(["note": ["12025550101": String(repeating: "a/\"ü", count: 4000)]])
    private static let short = Parameters(["note": ["default": "b"]])

    private static func read(_ parameters: StoredBatch.Parameters?) throws -> [String: [String: String]] {
        guard case .text(let text) = parameters else {
            Issue.record("there is no text of the parameters")
            return [:]
        }
        return try JSONDecoder().decode([String: [String: String]].self, from: Data(text.utf8))
    }

    static let all = Promise.list("A store keeps the parameters of batches") {
        Promise("a list leaves long ones out, and the batch by itself has them as they were given") { scene in
            let large = try await scene.inserted(to: ["12025550101"], parameters: long)
            let small = try await scene.inserted(to: ["12025550101"], parameters: short)

            let list = try await scene.store.batches(
                of: Scene.owner, matching: BatchFilter(from: .start), page: Page()
            ).elements

            let found = Dictionary(uniqueKeysWithValues: list.map { ($0.id, $0.parameters) })
            #expect(found[large.id] == .leftOut)
            #expect(try read(found[small.id]) == short.asGiven)
            #expect(try await scene.store.batch(large.id, of: Scene.owner)?.order.parameters == long)
            let stored = try #require(try await scene.store.storedBatch(large.id, of: Scene.owner))
            #expect(try read(stored.parameters) == long.asGiven)
        }
        Promise("they are a text beside the batch, which has none itself, or are left out") { scene in
            let batch = try await scene.inserted(to: ["12025550101"], parameters: short)
            let bare = try await scene.inserted(to: ["12025550101"])
            var without = batch
            without.order.parameters = Parameters()

            let stored = try #require(try await scene.store.storedBatch(batch.id, of: Scene.owner))

            #expect(stored.batch == without)
            #expect(try read(stored.parameters) == short.asGiven)
            #expect(try await scene.store.batchWithoutParameters(batch.id, of: Scene.owner) == without)
            #expect(try await scene.store.storedBatch(bare.id, of: Scene.owner) == StoredBatch(bare, parameters: .none))
            #expect(try await scene.store.batchWithoutParameters(bare.id, of: Scene.owner) == bare)
        }
        Promise("another owner sees neither form, and there is none of a batch that does not exist") { scene in
            let batch = try await scene.inserted(to: ["12025550101"], parameters: short)

            for (id, owner) in [(batch.id, Owner.servicePlan("plan2")), (scene.id(), Scene.owner)] {
                #expect(try await scene.store.storedBatch(id, of: owner) == nil)
                #expect(try await scene.store.batchWithoutParameters(id, of: owner) == nil)
            }
        }
    }
}
