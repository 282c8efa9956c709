import Doubles
import Foundation
import GatewayCore
import Testing

/// A store lists the messages of apps.
enum AppMessageListPromises {
    private static let other = Owner.app("app2", project: Scene.project)

    static let all = Promise.list("A store lists the messages of apps") {
        Promise("newest first, from all apps of the project and of no other") { scene in
            let first = try await scene.taken([scene.send()])[0]
            let second = try await scene.taken([scene.send(of: other, at: .start + .seconds(1))])[0]
            try await scene.taken([scene.send(of: .app("app1", project: "project2"))])

            #expect(try await scene.listed() == [second.message.id, first.message.id])
            #expect(try await scene.listed(AppMessageFilter(app: "app2")) == [second.message.id])
            #expect(try await scene.listed(of: "project3").isEmpty)
            #expect(try await scene.listed(AppMessageFilter(app: "app3")).isEmpty)
        }
        Promise("in slices that have each of them once, also of one moment") { scene in
            let sends = try await scene.taken((1...7).map { _ in try scene.send() })

            let slice = try await scene.store.appMessages(
                of: Scene.project, matching: AppMessageFilter(), after: nil, limit: 7, now: .start)

            #expect(slice.next == nil, "a full page is the last where nothing follows")
            for limit in [1, 2, 7, 9] {
                #expect(try await scene.listed(limit: limit) == sends.map(\.message.id).reversed())
            }
        }
        Promise("by app, direction, kind, identity, contact and conversation") { scene in
            let (contact, conversation) = (scene.id(), scene.id())
            let sent = try await scene.taken([scene.send(contact: contact, conversation: conversation)])[0].message.id
            let alone = try await scene.taken([scene.send(to: "12025550102")])[0].message.id
            let inbound = try await scene.unread()
            let entry = scene.entry(of: inbound, contact: contact, conversation: conversation)
            _ = try await scene.store.record(
                InboundReading(echo: Echo(), entries: [entry], targets: []), of: inbound.id, now: .start)
            let received = entry.id

            func list(_ change: (inout AppMessageFilter) -> Void) async throws -> Set<ULID> {
                var filter = AppMessageFilter()
                change(&filter)
                return Set(try await scene.listed(filter))
            }
            #expect(try await list { $0.direction = .toApp } == [received])
            #expect(try await list { $0.direction = .toContact } == [sent, alone])
            #expect(try await list { $0.isOfConversation = false } == [alone])
            #expect(try await list { $0.isOfConversation = true } == [sent, received])
            #expect(try await list { $0.channel = "MMS" } == [sent, alone, received])
            #expect(try await list { $0.channel = "SMS" } == [])
            #expect(try await list { $0.identities = ["12025550102", "12025550199"] } == [alone])
            #expect(try await list { $0.identities = ["12025550101", "12025550102"] } == [sent, alone, received])
            #expect(try await list { $0.contacts = [contact, scene.id()] } == [sent, received])
            #expect(try await list { $0.conversation = conversation } == [sent, received])
            #expect(try await list { $0.isOfSendersOnly = true } == [sent, received])
            #expect(
                try await list {
                    $0.conversation = conversation
                    $0.contacts = [contact]
                    $0.identities = ["12025550101"]
                    $0.app = "app1"
                    $0.direction = .toApp
                } == [received])
            #expect(
                try await list {
                    $0.conversation = conversation
                    $0.contacts = [scene.id()]
                } == [])
            #expect(
                try await list {
                    $0.contacts = [contact]
                    $0.app = "app2"
                } == [])
        }
        Promise("from one moment on, and until before another") { scene in
            let sends = try await scene.taken(
                (0..<4).map { try scene.send(at: .start + .seconds(Double($0))) })

            let filter = AppMessageFilter(from: .start + .seconds(1), until: .start + .seconds(3))

            #expect(try await scene.listed(filter, limit: 1) == [sends[2].message.id, sends[1].message.id])
        }
        Promise("as long as each is kept, and then it is removed") { scene in
            let end = Date.start + .seconds(60)
            let sends = try await scene.taken([scene.send(keptUntil: end), scene.send()])
            let (short, long) = (sends[0].message.id, sends[1].message.id)

            #expect(try await scene.listed(now: .start) == [long, short])
            #expect(try await scene.listed(now: end) == [long])
            #expect(try await scene.store.appMessage(short, of: Scene.project, now: end) == nil)
            #expect(try await scene.store.dropAppMessages(keptUntil: .start, limit: 9) == 0)
            #expect(try await scene.store.dropAppMessages(keptUntil: end, limit: 9) == 1)
            #expect(try await scene.listed(now: .start) == [long])
        }
        Promise("until it is taken out, and what was sent goes on") { scene in
            let send = try await scene.due([scene.send()])[0]

            #expect(try await !scene.store.removeAppMessage(send.message.id, of: "project2"))
            #expect(try await scene.store.appMessage(send.message.id, of: "project2", now: .start) == nil)
            #expect(try await scene.store.removeAppMessage(send.message.id, of: Scene.project))
            #expect(try await !scene.store.removeAppMessage(send.message.id, of: Scene.project))
            #expect(try await scene.listed().isEmpty)
            #expect(try await scene.claims().map(\.batch) == [send.batch.id])
        }
        Promise("those of an inbound message until that is removed") { scene in
            let inbound = try await scene.unread()
            let entries = [scene.entry(of: inbound), scene.entry(of: inbound, number: 1)]
            _ = try await scene.store.record(
                InboundReading(echo: Echo("read"), entries: entries, targets: []), of: inbound.id, now: .start)
            var read = inbound
            read.echo = Echo("read")

            let found = try await scene.store.appMessage(entries[1].id, of: Scene.project, now: .start)
            #expect(found == ListedAppMessage(entries[1], .received(read)))
            #expect(try await scene.listed() == entries.map(\.id).reversed())

            _ = try await scene.store.dropInbounds(receivedBefore: .start + .seconds(1), limit: 9)
            #expect(try await scene.listed().isEmpty)
        }
    }
}
