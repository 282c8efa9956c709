import Doubles
import Foundation
import GatewayCore
import Testing

/// A store finds the last messages of apps, what they offered, and what was made of inbound messages.
enum LastAppMessagePromises {
    private static let numbers = ["12025550101", "12025550102", "12025550103"]

    private static func last(
        _ filter: AppMessageFilter, limit: Int = 1, in scene: Scene
    ) async throws -> [ULID] {
        var ids: [ULID] = []
        var cursor: ListCursor?
        repeat {
            let slice = try await scene.store.lastAppMessages(
                of: Scene.project, matching: filter, after: cursor, limit: limit, now: .start)
            ids += slice.elements.map(\.id)
            cursor = slice.next
        } while cursor != nil
        return ids
    }

    static let last = Promise.list("A store finds the last messages of apps") {
        Promise("one of each identity, or of each contact that is asked for") { scene in
            let contacts = numbers.map { _ in scene.id() }
            var sends: [AppSend] = []
            for second in 0..<6 {
                sends += try await scene.taken([
                    scene.send(
                        to: numbers[second % 3], contact: contacts[second % 3],
                        conversation: second == 5 ? scene.id() : nil, at: .start + .seconds(Double(second)))
                ])
            }
            let ids = sends.map(\.message.id)

            for limit in [1, 2, 9] {
                #expect(try await last(AppMessageFilter(), limit: limit, in: scene) == [ids[5], ids[4], ids[3]])
                #expect(
                    try await last(AppMessageFilter(identities: numbers + ["1999"]), limit: limit, in: scene)
                        == [ids[5], ids[4], ids[3]])
            }
            #expect(
                try await last(AppMessageFilter(contacts: [contacts[0], contacts[2]]), in: scene) == [ids[5], ids[3]])
            #expect(
                try await last(AppMessageFilter(isOfConversation: false, identities: [numbers[2]]), in: scene)
                    == [ids[2]])
            #expect(try await last(AppMessageFilter(isOfConversation: false), in: scene) == [ids[4], ids[3], ids[2]])
            #expect(
                try await last(AppMessageFilter(until: .start + .seconds(2)), in: scene) == [ids[1], ids[0]],
                "the last before that moment")
            #expect(try await last(AppMessageFilter(app: "app2"), in: scene).isEmpty)
        }
    }

    static let offers = Promise.list("A store finds what an app offered") {
        Promise("from one number to another since a time, newest first, however lists have it") { scene in
            let sends = try await scene.taken(
                (0..<4).map { try scene.send(isListed: $0 > 0, isOffer: true, at: .start + .seconds(Double($0))) })
            try await scene.taken([
                scene.send(), scene.send(from: "12025550199", isOffer: true),
                scene.send(to: "12025550102", isOffer: true),
                scene.send(of: .app("app2", project: Scene.project), isOffer: true),
            ])
            _ = try await scene.store.removeAppMessage(sends[3].message.id, of: Scene.project)

            func offers(since: Date, limit: Int = 9) async throws -> [AppOffer] {
                try await scene.store.offers(
                    of: Scene.app, from: "12025550100", to: "12025550101", since: since, limit: limit)
            }
            let given = sends.map { AppOffer($0.message.id, of: $0.batch) }
            #expect(try await offers(since: .start) == given.reversed())
            #expect(try await offers(since: .start + .seconds(2)) == [given[3], given[2]])
            #expect(try await offers(since: .start, limit: 1) == [given[3]])

            #expect(try await scene.store.dropOffers(before: .start, limit: 9) == 0)
            #expect(try await scene.store.dropOffers(before: .start + .seconds(2), limit: 1) == 1)
            _ = try await scene.store.dropOffers(before: .start + .seconds(2), limit: 9)
            #expect(try await offers(since: .start) == [given[3], given[2]])
        }
    }
}
