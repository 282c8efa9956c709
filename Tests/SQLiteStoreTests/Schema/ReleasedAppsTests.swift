import Doubles
import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("The apps of a release are read by every later one")
struct ReleasedAppsTests {
    @Test("apps with their webhooks", arguments: ReleasedDatabase.withApps)
    func apps(_ release: ReleasedDatabase) async throws {
        try await release.opened { store, _ in
            let (apps, webhooks) = (try await store.apps(), try await store.webhooks())

            #expect(apps.map(\.text) == ["{\"id\":\"A1\"}"])
            #expect(webhooks.map(\.app) == ["A1"])
        }
    }

    @Test(
        "contacts, their conversations, and the messages of one that is another's by now",
        arguments: ReleasedDatabase.withApps)
    func contacts(_ release: ReleasedDatabase) async throws {
        try await release.opened { store, _ in
            let contacts = try await store.contacts(of: Scene.project, matching: .all, after: nil, limit: 9)
            #expect(
                contacts.map(\.identities) == [
                    ["12025550104", "12025550105"].map { .init(channel: "MMS", identity: $0) }
                ])
            #expect(contacts.map(\.externalID) == ["external-12025550104"])
            let ann = try #require(contacts.first)
            let conversations = try await store.conversations(
                of: Scene.project, matching: ConversationFilter(contact: ann.id), after: nil, limit: 9)
            #expect(conversations.map(\.isActive) == [true])

            let scene = Scene(store: store, signals: WorkSignals())
            var filter = AppMessageFilter()
            filter.contacts = [ann.id]
            #expect(try await scene.listed(filter).count == 2)
            let offers = try await store.offers(
                of: Scene.app, from: "12025550100", to: "12025550105", since: .start, limit: 9)
            #expect(offers.count == 1)
        }
    }

    @Test("batches with what was asked for", arguments: ReleasedDatabase.withApps)
    func batches(_ release: ReleasedDatabase) async throws {
        try await release.opened { store, _ in
            let batches = try await store.appBatches(
                of: Scene.project, having: ReleasedDatabaseMaking.key, limit: 9)
            let batch = try #require(batches.first)

            #expect(batch.phase == .scheduled)
            #expect(batch.recipientCount == 2)
            #expect(try await store.request(of: batch.id) == Array("asked".utf8))
            #expect(try await store.dueAppBatches(limit: 9, now: .start + .seconds(3600)).batches == [batch])
        }
    }

    @Test("what is unread, and what an app is still to be notified of", arguments: ReleasedDatabase.withApps)
    func unread(_ release: ReleasedDatabase) async throws {
        try await release.opened { store, _ in
            #expect(try await store.unreadInbounds(limit: 9, except: []).map(\.from) == ["12025550105"])
            let events = try await Scene(store: store, signals: WorkSignals()).events()
            let ofApp = events.filter { $0.event.owner == Scene.app }
            let notices = ofApp.compactMap {
                if case .notice(let notice) = $0.event.subject { notice.name } else { nil }
            }
            #expect(notices == ["CONTACT_CREATE"])
            #expect(ofApp.compactMap(\.inbound?.echo) == [Echo("read")])
        }
    }
}
