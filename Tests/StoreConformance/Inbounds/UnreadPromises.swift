import Doubles
import Foundation
import GatewayCore
import Testing

/// A store keeps what handsets sent to apps until it is read.
enum UnreadPromises {
    private static let other = Owner.app("app2", project: Scene.project)

    private static func unread(
        _ scene: Scene, limit: Int = 9, except: Set<Owner> = []
    ) async throws -> [Inbound] {
        try await scene.store.unreadInbounds(limit: limit, except: except)
    }

    static let all = Promise.list("A store keeps what handsets sent to apps until it is read") {
        Promise("whoever reads is woken, and nobody is notified before") { scene in
            let inbound = try await scene.unread()

            #expect(await wasRaised(scene.signals.unread))
            #expect(try await unread(scene) == [inbound])
            #expect(try await scene.events().isEmpty)
        }
        Promise("what needs no reading is not given out") { scene in
            try await scene.store.insert(InboundPromises.inbound(scene))

            #expect(try await unread(scene).isEmpty)
        }
        Promise("apps take turns, the oldest message of each first") { scene in
            let many = try await [
                scene.unread(), scene.unread(at: .start + .seconds(2)), scene.unread(at: .start + .seconds(1)),
            ]
            let one = try await scene.unread(of: other, at: .start + .seconds(9))

            #expect(try await Set(unread(scene, limit: 2).map(\.id)) == [many[0].id, one.id])
            #expect(try await unread(scene, except: [other]) == [many[0], many[2], many[1]])
            #expect(try await unread(scene, except: [other, Scene.app]).isEmpty)
        }
        Promise("a reading has its echo and its events at once, and happens once") { scene in
            let inbound = try await scene.unread()
            let reading = InboundReading(
                echo: Echo("read"), entries: [scene.entry(of: inbound)], targets: ["inbound.0:w1", "inbound.0:w2"])

            #expect(try await scene.store.record(reading, of: inbound.id, now: .start))
            #expect(await wasRaised(scene.signals.events))
            #expect(try await !scene.store.record(reading, of: inbound.id, now: .start))
            #expect(try await !scene.store.record(reading, of: scene.id(), now: .start))

            var read = inbound
            read.echo = Echo("read")
            #expect(try await unread(scene).isEmpty)
            #expect(try await scene.store.inbound(inbound.id, of: Scene.app) == read)
            let events = try await scene.events()
            #expect(events.map(\.target).sorted() == reading.targets)
            #expect(events.map(\.inbound) == [read, read])
        }
        Promise("one without targets is heard by nobody") { scene in
            let inbound = try await scene.unread()

            _ = try await scene.store.record(
                InboundReading(echo: Echo("read"), entries: [], targets: []), of: inbound.id, now: .start)

            #expect(try await scene.events().isEmpty)
            #expect(try await scene.listed().isEmpty)
        }
        Promise("a reading whose lines cannot be kept leaves the message unread") { scene in
            let inbound = try await scene.unread()
            let entry = scene.entry(of: inbound)

            await #expect(throws: StoreFailure.self) {
                _ = try await scene.store.record(
                    InboundReading(echo: Echo("read"), entries: [entry, entry], targets: ["a"]), of: inbound.id,
                    now: .start)
            }

            #expect(try await unread(scene) == [inbound])
        }
        Promise("it is not removed for its age before it is read, nor is its media") { scene in
            let media = Inbound.Medium(Scene.picture, name: "cat.jpg")
            let inbound = InboundPromises.inbound(scene, owner: Scene.app, media: [media])
            _ = try await scene.store.receive(
                InboundDelivery(
                    linkedID: nil, transactionID: nil, fingerprint: "1",
                    copies: [.init(inbound, notifiesOwner: false, isUnread: true)]),
                from: "north", now: .start)

            #expect(try await scene.store.dropInbounds(receivedBefore: .start + .seconds(9), limit: 9) == 0)
            #expect(try await scene.store.needed(among: [Scene.picture.hash]) == [Scene.picture.hash])
            _ = try await scene.store.record(
                InboundReading(echo: Echo(), entries: [], targets: []), of: inbound.id, now: .start)
            #expect(try await scene.store.dropInbounds(receivedBefore: .start + .seconds(9), limit: 9) == 1)
        }
        Promise("its echo is replaced by whoever knows it") { scene in
            let inbound = try await scene.unread()
            func set(_ new: String, replacing old: String, of owner: Owner = Scene.app) async throws -> Bool {
                try await scene.store.setEcho(Echo(new), of: inbound.id, replacing: Echo(old), of: owner)
            }

            #expect(try await set("one", replacing: ""))
            #expect(try await !set("two", replacing: ""))
            #expect(try await !set("two", replacing: "one", of: other))
            #expect(try await scene.store.inbound(inbound.id, of: Scene.app)?.echo == Echo("one"))
        }
    }
}
