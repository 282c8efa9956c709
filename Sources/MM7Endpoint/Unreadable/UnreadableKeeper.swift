import Crypto
import GatewayCore
import MM7
import Media

/// What is done with a post that cannot be read and may be a message from a handset.
package enum UnreadablePosts: String, Sendable, CaseIterable {
    /// It is refused, so that most MMSCs do not repeat it: a repetition would be no better.
    case refuse
    /// It is taken and kept as it came, for the operator to look at.
    case keep
}

/// Keeps posts that nobody can read beside the unowned messages, up to a limit.
final class UnreadableKeeper: Sendable {
    private let store: any InboundStore
    private let library: MediaLibrary
    private let clock: any DomainClock
    private let ids: ULIDGenerator

    /// The most messages without a recipient that are kept at one time.
    static let limit = 100

    init(store: any InboundStore, library: MediaLibrary, clock: any DomainClock, ids: ULIDGenerator) {
        self.store = store
        self.library = library
        self.clock = clock
        self.ids = ids
    }

    enum Result: Sendable, Equatable {
        case kept
        /// The quarantine has as many as it may already.
        case full
        /// The disk or the store failed to keep it, for the reason in the text.
        case failed(String)
    }

    /// Whether the post may be a message from a handset: a post that is known to be something else is of no use.
    static func mayBeMessage(_ error: MM7Error) -> Bool {
        error.code != .empty && [nil, Operation.deliverReq.rawValue].contains(error.head.operation)
    }

    func keep(_ body: [UInt8], contentType: String?, because error: MM7Error, from mmsc: MMSC) async -> Result {
        let now = clock.now().wholeMilliseconds
        do {
            // Without room nothing is written to the disk. The store is asked all the same: it may have the post
            // already, which is repeated if our answer was lost.
            let hasRoom = try await store.hasRoomForUnowned(upTo: Self.limit)
            let file = hasRoom ? try await library.store(body[...], contentType: "application/octet-stream") : nil
            let type = contentType.map { ", posted as \(PeerText($0))" } ?? ""
            let inbound = Inbound(
                id: ids.next(at: now), owner: nil, from: "", to: "", receivedAt: now,
                text: "This post could not be read: \(PeerText("\(error)"))\(type)",
                media: file.map { [Inbound.Medium($0, name: "post.bin")] } ?? [])
            let delivery = InboundDelivery(
                linkedID: nil, transactionID: nil, fingerprint: "post \(SHA256.hash(data: body).hexadecimal)",
                copies: [.init(inbound, notifiesOwner: false)], unownedLimit: hasRoom ? Self.limit : 0)
            switch try await store.receive(delivery, from: mmsc.name, now: now) {
            case .taken, .takenAnew, .repeated: return .kept
            case .full: return .full
            }
        } catch {
            return .failed("\(error)")
        }
    }
}
