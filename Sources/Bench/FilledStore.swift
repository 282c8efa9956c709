import FoundationEssentials
import GatewayCore
import Media
import SQLStore
import SQLiteStore

/// A store with a queue in it, made without HTTP: as if the batches had been taken and their media fetched.
struct FilledStore {
    let store: SQLiteStore
    private let library: MediaLibrary

    static let recipientsPerBatch = 1000
    static let mmsc = "bench"

    init(dataDirectory: String) async throws {
        store = try await SQLiteStore.open(directory: dataDirectory, signals: WorkSignals())
        library = try MediaLibrary(dataDirectory: dataDirectory)
    }

    /// Adds messages that are due, to 15550000000 and on, and returns their batches.
    @discardableResult
    func add(
        _ count: Int, pictureBytes: Int, interest: Interest = [], callbackURL: String? = nil
    ) async throws -> [Batch.ID] {
        let media = try await library.store(
            [UInt8](repeating: 0xA5, count: pictureBytes), contentType: "image/jpeg")
        let expansion = Expansion(routes: Routes([.init(prefix: "", mmscs: [Self.mmsc])]), ids: ULIDGenerator())
        guard let originator = Originator("12025550100") else { return [] }
        var batches: [Batch.ID] = []
        for first in stride(from: 0, to: count, by: Self.recipientsPerBatch) {
            let numbers = (first..<min(first + Self.recipientsPerBatch, count)).compactMap {
                MSISDN("1555\(String($0 + 10_000_000).dropFirst())")
            }
            let now = Date()
            let order = Order(
                to: numbers.map(\.digits), from: originator,
                content: Content(text: "Hello", media: [.init(url: "https://media.example.net/picture.jpg")]),
                expireAt: Order.defaultEnd(sendAt: nil, now: now), callbackURL: callbackURL, interest: interest)
            let submittal = Submittal(order, of: .servicePlan("bench"), numbers: numbers)
            let (batch, messages) = submittal.accepted(now: now, expansion: expansion)
            _ = try await store.insert(
                batch, messages: messages, expansion: expansion, keeping: nil, queueLimit: nil)
            try await store.recordMedia(media, number: 0, for: batch.id, revision: 0, expansion: expansion, now: now)
            batches.append(batch.id)
        }
        return batches
    }

    /// Brings all messages that are due to the state submitted, each message under the MessageID `m-` and the last
    /// seven digits of its number.
    func submitAll() async throws {
        while true {
            let now = Date()
            let claims = try await store.claimDue(
                ClaimRequest(
                    mmsc: Self.mmsc, limit: 1000, available: [Self.mmsc], now: now, leaseUntil: now + .seconds(60))
            ).claims
            guard !claims.isEmpty else { return }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for claim in claims {
                    let messageID = "m-" + claim.first.recipient.digits.suffix(7)
                    let outcome = SubmissionResult(.accepted(messageID: messageID), statusCode: 1000)
                    group.addTask { try await store.record(outcome, of: claim, now: now) }
                }
                try await group.waitForAll()
            }
        }
    }
}
