import Doubles
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import SQLStore
import Synchronization
import Testing

@testable import ConversationAPI
@testable import SQLiteStore

@Suite("What handsets send to apps that cannot be read", .timeLimit(.minutes(5)))
struct InboundFaultTests {
    /// The texts that came.
    private func texts(_ inbox: Inbox) async throws -> [String] {
        try await inbox.news.compactMap { $0.contactMessage?["text_message"]?.word("text") }
    }

    @Test("what is sent to an app that is gone waits until it is back, and holds up nobody")
    func gone() async throws {
        let face = Face()
        let inbox = try await Inbox(of: face)
        let complete = face.directory.now
        var without = complete
        without.projects[Bakery.project]?.apps.removeAll { $0.id == Face.dispatchApp }
        face.directory.replace(with: without)
        for number in 0..<20 { try await inbox.receive("Early \(number)", app: Face.dispatchApp) }
        try await inbox.receive("Hello")

        #expect(try await texts(inbox) == ["Hello"])
        let filter = "app_id=\(Face.dispatchApp)&messages_source=DISPATCH_SOURCE&page_size=100"
        face.directory.replace(with: complete)
        #expect(try await face.ids(filter).isEmpty)

        await inbox.read()
        #expect(try await face.ids(filter).count == 20)
        #expect(inbox.lines.texts.count { $0.contains("no such app") } == 1)
    }

    @Test("one that cannot be recorded is tried again after a pause, and the others are read at once")
    func stuck() async throws {
        let failures = Failures()
        var face = Face()
        face.change = { $0.unread = failures.store(over: $0.unread) }
        let inbox = try await Inbox(of: face)
        failures.fail(try await inbox.receive("First"))
        try await inbox.receive("Second")
        try await inbox.receive("Third")

        #expect(try await texts(inbox).sorted() == ["Second", "Third"])
        #expect(try await texts(inbox).isEmpty)
        #expect(failures.count == 1)

        face.clock.advance(by: .milliseconds(1001))
        #expect(try await texts(inbox).isEmpty)
        #expect(failures.count == 2)

        failures.end()
        face.clock.advance(by: .milliseconds(1001))
        #expect(try await texts(inbox).isEmpty)
        face.clock.advance(by: .milliseconds(1001))
        #expect(try await texts(inbox) == ["First"])
    }

    @Test("a row that cannot be read holds up neither its app nor another")
    func broken() async throws {
        let face = Face()
        let inbox = try await Inbox(of: face)
        for _ in 0..<20 {
            let id = try await inbox.receive("Broken")
            try await face.store.writer.write { (transaction) throws(SQLError) in
                try transaction.sqlite.execute(
                    "UPDATE inbound SET other_recipients = '{}' WHERE id = '\(id)'", doing: "testing")
            }
        }
        face.clock.advance(by: .seconds(1))
        try await inbox.receive("Hello")
        let other = try await inbox.receive("Hello", app: Face.dispatchApp)

        #expect(try await texts(inbox) == ["Hello"])
        let found = try await face.call(.get, "messages/\(other)?messages_source=DISPATCH_SOURCE")
        #expect(found.status == .ok)
    }
}

/// Messages whose reading the store refuses to record.
private final class Failures: Sendable {
    private struct State {
        var messages: Set<Inbound.ID> = []
        var count = 0
    }

    private let state = Mutex(State())

    /// How often it has refused.
    var count: Int { state.withLock { $0.count } }

    func fail(_ inbound: Inbound.ID) { state.withLock { _ = $0.messages.insert(inbound) } }

    func end() { state.withLock { $0.messages = [] } }

    func store(over store: any UnreadInbounds) -> any UnreadInbounds { Store(inner: store, failures: self) }

    private func check(_ inbound: Inbound.ID) throws(StoreFailure) {
        let isBroken = state.withLock { state in
            guard state.messages.contains(inbound) else { return false }
            state.count += 1
            return true
        }
        if isBroken { throw .broken("a test wants it so") }
    }

    private struct Store: UnreadInbounds {
        let inner: any UnreadInbounds
        let failures: Failures

        func unreadInbounds(limit: Int, except excluded: Set<Owner>) async throws(StoreFailure) -> [Inbound] {
            try await inner.unreadInbounds(limit: limit, except: excluded)
        }

        func record(
            _ reading: InboundReading, of inbound: Inbound.ID, now: Date
        ) async throws(StoreFailure) -> Bool {
            try failures.check(inbound)
            return try await inner.record(reading, of: inbound, now: now)
        }
    }
}
