import Doubles
import Foundation
import GatewayCore
import Logging
import SQLStore
import SQLiteStore
import Testing
import WorkLoop

@testable import ConversationAPI

/// What handsets send to the apps of a face, and the service that reads it.
struct Inbox: Sendable {
    let face: Face
    let lines = LogLines()
    private let service: InboundService
    private let ids = ULIDGenerator()

    init(of face: Face, subject: InboundSubject = .whenAlone) async throws {
        self.face = face
        var roles = StoreRoles(of: try await face.store)
        face.change(&roles)
        service = InboundService(
            store: roles, directory: face.directory, clock: face.clock, ids: ULIDGenerator(), signal: Signal(),
            settings: ConversationAPI.Settings(inboundSubject: subject), logger: lines.logger)
    }

    /// A message comes in, which nobody has read.
    @discardableResult
    func receive(
        _ text: String?, subject: String? = nil, pictures: Int = 0, from: String = "12025550117",
        to number: String = "12025550160", app: String = Bakery.app
    ) async throws -> Inbound.ID {
        let now = face.clock.now()
        let inbound = Inbound(
            id: ids.next(at: now), owner: .app(app, project: Bakery.project), from: from, to: number, receivedAt: now,
            subject: subject, text: text,
            media: (0..<pictures).map { place in
                Inbound.Medium(
                    StoredMedia(hash: "c0ffee\(place)", contentType: "image/jpeg", byteCount: 10), name: "cake.jpg")
            })
        let delivery = InboundDelivery(
            linkedID: nil, transactionID: "\(inbound.id)",
            copies: [InboundDelivery.Copy(inbound, notifiesOwner: false, isUnread: true)])
        let result = try await face.store.receive(delivery, from: "north", now: now)
        #expect(result == .taken([inbound.id]))
        return inbound.id
    }

    /// Reads all that can be read at this moment, as much of it at once as the service takes.
    func read() async {
        var absent: Set<Owner> = []
        while true {
            let found = await service.look(except: &absent, and: [], in: face.directory.now)
            if found.items.isEmpty, found.nextLook > face.clock.now() { return }
            await withTaskGroup { group in
                for inbound in found.items { group.addTask { await service.read(inbound) } }
            }
        }
    }

    /// What one webhook of each app is to hear since the last look, as the calls have it. The store of a face knows no
    /// webhooks, so that a notice is one call.
    var callbacks: [JSONValue] {
        get async throws {
            let writer = ConversationCallWriter(
                directory: face.directory, links: PlainLinks(), clock: face.clock, callsPerSecond: 1000)
            let store = try await face.store
            let now = face.clock.now()
            var bodies: [JSONValue] = []
            while true {
                let claims = try await store.claimCalls(limit: 100, now: now, leaseUntil: now + .seconds(60))
                if claims.isEmpty { return bodies }
                for claim in claims {
                    if case .notice(let notice) = claim.event.subject {
                        bodies.append(try JSONValue(Array(notice.text.utf8)))
                    } else if CallbackTarget(claim.target)?.place == .webhook("01KN6MZ5G0H00K000000000001"),
                        let call = try await writer.body(of: claim.event, to: claim.target)
                    {
                        bodies.append(try JSONValue(call.body))
                    }
                    try await store.record(.heard, of: claim.id, now: now)
                }
            }
        }
    }

    /// Reads all, and gives back what apps hear of it by MESSAGE_INBOUND.
    var news: [JSONValue] {
        get async throws {
            await read()
            return try await callbacks.compactMap { $0["message"] }
        }
    }
}

extension JSONValue {
    /// What somebody wrote to an app.
    var contactMessage: JSONValue? { self["contact_message"] }
}
