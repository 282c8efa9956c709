import Doubles
import Foundation
import GatewayCore
import SQLiteStore
import Synchronization
import Testing

@Suite("A store calls every target of an event by itself")
struct CallConformance {
    private static let later = Date.start + .seconds(100)
    private static let targets = ["orders", "archive"]

    /// A store in which every event of the customer has two targets.
    private func withTwoTargets(
        _ implementation: Implementation, _ body: @Sendable (Scene) async throws -> Void
    ) async throws {
        try await implementation(naming: { _ in Self.targets }, body)
    }

    @Test("an event with two targets has a call for each", arguments: Implementation.all)
    func two(_ implementation: Implementation) async throws {
        try await withTwoTargets(implementation) { scene in
            try await scene.submitted(interest: [.submitted, .final])

            let claims = try await scene.events()

            #expect(claims.map(\.target) == ["archive", "orders"])
            #expect(claims.map(\.event)[0] == claims.map(\.event)[1])
            #expect(try await scene.events().isEmpty)
        }
    }

    @Test("a target that fails for hours holds up nothing at the other", arguments: Implementation.all)
    func oneFails(_ implementation: Implementation) async throws {
        try await withTwoTargets(implementation) { scene in
            try await scene.submitted(interest: [.submitted, .final])
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)
            var heard: [MessageState?] = []
            var failures = 0

            for hour in 0..<4 {
                let now = Date.start + .seconds(3600 * hour)
                for claim in try await scene.events(now: now) {
                    guard claim.target == "orders" else {
                        #expect(claim.tries == failures)
                        failures += 1
                        let again = CallResult.again(at: now + .seconds(3600), reason: "HTTP 503")
                        try await scene.store.record(again, of: claim.id, now: now)
                        continue
                    }
                    heard.append(claim.message?.state)
                    try await scene.store.record(.heard, of: claim.id, now: now)
                }
            }

            #expect(heard == [.submitted(messageID: "M1"), .delivered])
            #expect(failures == 4, "the one event after the other waits behind it")
        }
    }

    @Test("events of a message follow each other at each target", arguments: Implementation.all)
    func order(_ implementation: Implementation) async throws {
        try await withTwoTargets(implementation) { scene in
            try await scene.submitted(interest: [.submitted, .final])
            let first = try await scene.events()
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)
            #expect(try await scene.events().isEmpty)

            try await scene.store.record(.givenUp(reason: "HTTP 410"), of: first[0].id, now: .start)
            let second = try await scene.events()
            try await scene.store.record(.heard, of: first[1].id, now: .start)
            let third = try await scene.events()

            #expect(second.map(\.target) == ["archive"])
            #expect(third.map(\.target) == ["orders"])
            #expect((second + third).map(\.message?.state) == [.delivered, .delivered])
        }
    }

    @Test("a target that was named once and is not any more holds up nobody", arguments: Implementation.all)
    func removed(_ implementation: Implementation) async throws {
        let named = NamedTargets(["orders", "gone"])
        let targets: CallTargets = { _ in named.all }
        try await implementation(naming: targets) { scene in
            try await scene.submitted(interest: [.submitted, .final])
            named.all = ["orders"]
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)

            let first = try await scene.events()
            for claim in first {
                let gone = CallResult.again(at: Self.later, reason: "the customer has no callback address")
                try await scene.store.record(claim.target == "gone" ? gone : .heard, of: claim.id, now: .start)
            }

            #expect(first.map(\.target) == ["gone", "orders"])
            let next = try await scene.events()
            #expect(next.map(\.target) == ["orders"] && next.map(\.message?.state) == [.delivered])
            let last = try await scene.events(now: Self.later)
            #expect(last.map(\.target) == ["gone", "orders"] && last.map(\.tries) == [1, 0])
        }
    }

    @Test("an event without a target is kept waiting for nobody", arguments: Implementation.all)
    func none(_ implementation: Implementation) async throws {
        let targets: CallTargets = { _ in [] }
        try await implementation(naming: targets) { scene in
            try await scene.submitted(interest: [.submitted, .final])

            #expect(try await scene.events().isEmpty)
            #expect(try await scene.store.nextCallDue() == nil)
        }
    }

    @Test("a target that is named twice has one call", arguments: Implementation.all)
    func twice(_ implementation: Implementation) async throws {
        let targets: CallTargets = { _ in ["orders", "orders"] }
        try await implementation(naming: targets) { scene in
            try await scene.submitted(interest: [.submitted, .final])

            #expect(try await scene.events().count == 1)
        }
    }

    @Test("whoever names the targets hears what happened, whose it is and which target the batch names")
    func occasions() async throws {
        let asked = Occasions()
        let targets: CallTargets = { asked.note($0) }
        try await Implementation.sqlite(naming: targets) { scene in
            var submittal = try scene.submittal(to: ["99900000000"], interest: .final)
            submittal.order.callbackURL = "https://Hooks.example/own"
            let (batch, messages) = submittal.accepted(
                now: .start, expansion: Expansion(routes: Scene.routes, ids: ULIDGenerator()))
            try await scene.store.insert(batch, messages: messages)
            let app = Owner.app("shop", project: "p1")
            try await scene.due(to: ["12025550101"], of: app, interest: .endSummary)
            try await scene.store.record(SubmissionResult(.refused(.refusedByMMSC)), of: scene.claim(), now: .start)

            #expect(
                asked.all == [
                    Event.Occasion(
                        owner: Scene.owner, kind: .message(.aborted(.unroutable)),
                        batchTarget: "https://hooks.example:443"),
                    Event.Occasion(owner: app, kind: .end),
                ])
            #expect(try await scene.events().map(\.target) == ["https://hooks.example:443", ""])
        }
    }

    @Test("what is under way at both targets when the gateway is killed is called again by each in its time")
    func killed() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(
                directory: folder, signals: signals, now: .start, targets: { _ in Self.targets })
            let scene = Scene(store: store, signals: signals)
            try await scene.submitted(interest: [.submitted, .final])
            let claims = try await scene.events()
            let again = CallResult.again(at: Self.later, reason: "HTTP 503")
            try await store.record(again, of: claims[0].id, now: .start)

            // The files as the end of the power would leave them: nothing was closed or carried over.
            try FileManager.default.createDirectory(atPath: folder + "/copy", withIntermediateDirectories: true)
            for name in try FileManager.default.contentsOfDirectory(atPath: folder)
            where name.hasPrefix("gateway.sqlite") {
                try FileManager.default.copyItem(atPath: "\(folder)/\(name)", toPath: "\(folder)/copy/\(name)")
            }
            let now = Date.start + .seconds(1)
            let reopened = try await SQLiteStore.open(directory: folder + "/copy", signals: signals, now: now)
            let after = Scene(store: reopened, signals: signals)

            #expect(try await after.events(now: now).map(\.id) == [claims[1].id])
            #expect(try await after.events(now: Self.later).map(\.id) == claims.map(\.id))
            await reopened.close()
            await store.close()
        }
    }
}

/// The targets that a customer has at the moment.
private final class NamedTargets: Sendable {
    private let names: Mutex<[String]>

    init(_ names: [String]) { self.names = Mutex(names) }

    var all: [String] {
        get { names.withLock { $0 } }
        set { names.withLock { $0 = newValue } }
    }
}

/// What a store asked the targets of, in order; each has the one that its batch names.
private final class Occasions: Sendable {
    private let occasions = Mutex<[Event.Occasion]>([])

    var all: [Event.Occasion] { occasions.withLock { $0 } }

    func note(_ occasion: Event.Occasion) -> [String] {
        occasions.withLock { $0.append(occasion) }
        return [occasion.batchTarget]
    }
}
