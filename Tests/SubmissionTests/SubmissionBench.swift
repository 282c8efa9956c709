import CurlHTTP
import Doubles
import Foundation
import GatewayCore
import Logging
import Media
import Telemetry
import WorkLoop

@testable import Submission

/// What a submission needs besides an MMSC, in a folder of its own that is gone afterwards.
final class SubmissionBench: Sendable {
    static let now = Date(milliseconds: 1_790_000_000_000)

    let library: MediaLibrary
    private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        library = try MediaLibrary(dataDirectory: folder.path)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// A batch, and its media in the library.
    func batch(
        _ number: UInt64 = 1, text: String? = "Hello", mediaBytes: Int = 100, parameters: Parameters = Parameters(),
        of owner: Owner = .servicePlan("plan1")
    ) async throws -> (Batch, StoredMedia) {
        let order = Order(
            to: ["15550100001"], from: Originator("12025550100")!,
            content: Content(text: text, media: [.init(url: "https://media.example/picture.jpg")]),
            parameters: parameters, expireAt: Self.now + .seconds(3600))
        let batch = Batch(
            order, id: ULID(high: number, low: 0), owner: owner, createdAt: Self.now)
        let media = try await library.store(
            [UInt8](repeating: UInt8(number), count: mediaBytes), contentType: "image/jpeg")
        return (batch, media)
    }

    func submitter(
        _ store: any SubmissionQueue & ContentReader & CancellationQueue, directory: CurrentDirectory,
        client: HTTPClient,
        clock: any DomainClock = HastyClock(at: now), ongoing: OngoingClaims = OngoingClaims(), health: Health? = nil,
        contents: ContentCache? = nil, random: RandomSource = .system
    ) -> Submitter {
        let log = SubmissionLog(LogLines().logger)
        let health = health ?? Health(directory: directory, signals: WorkSignals(), logger: log.logger)
        return Submitter(
            contents: contents ?? ContentCache(store: store, library: library),
            directory: directory, clock: clock, random: random,
            retries: RetryPolicy(maxTries: 5, firstDelay: .seconds(2), lastDelay: .seconds(60)), ongoing: ongoing,
            exchange: Exchange(
                client: client, health: health,
                telemetry: .none, log: log),
            recorder: ResultRecorder(store: store, clock: clock, log: log, unrecorded: health.unrecorded))
    }

    static func claim(
        of batch: UInt64 = 1, to numbers: [String] = ["15550100001"], transactionID: String? = nil,
        isResend: Bool = false, expiresIn: Duration = .seconds(3600), customer: Int = 1, mmsc: String = "north"
    ) -> Claim {
        let copies = numbers.enumerated().map { index, number in
            Claim.Copy(
                message: ULID(high: batch, low: UInt64(1 + index)), recipient: MSISDN(storedDigits: number),
                attempt: isResend ? 2 : 1)
        }
        return Claim(
            of: copies[0], and: Array(copies.dropFirst()), batch: ULID(high: batch, low: 0), mmsc: mmsc,
            transactionID: transactionID, isResend: isResend, expireAt: now + expiresIn,
            queue: .init(customer: customer, magnitude: 0))
    }
}

/// A store that has batches to send and is told what became of the claims on them.
actor SubmissionStore: SubmissionQueue, ContentReader, CancellationQueue {
    /// The batches whose content was read, in order.
    private(set) var reads: [Batch.ID] = []
    /// What the store was asked to keep, taken or not.
    private(set) var offered: [SubmissionResult] = []
    private(set) var kept: [SubmissionResult] = []
    private var contents: [Batch.ID: (Batch, StoredMedia)]
    /// What is due.
    private var due: [Claim] = []
    private var failures: [StoreFailure]
    private let beforeRecord: @Sendable () -> Void

    /// - Parameters:
    ///   - failures: of the first calls to record an outcome; later ones succeed.
    ///   - beforeRecord: called before an outcome is kept.
    init(
        _ contents: [(Batch, StoredMedia)] = [], failingToRecord failures: [StoreFailure] = [],
        beforeRecord: @escaping @Sendable () -> Void = {}
    ) {
        self.contents = Dictionary(uniqueKeysWithValues: contents.map { ($0.0.id, $0) })
        self.failures = failures
        self.beforeRecord = beforeRecord
    }

    func add(_ content: (Batch, StoredMedia)) {
        contents[content.0.id] = content
    }

    func give(_ claims: Claim...) { due += claims }

    func claimDue(_ request: ClaimRequest) throws(StoreFailure) -> Claims {
        let claims = due.prefix(request.limit)
        due.removeFirst(claims.count)
        return Claims(Array(claims))
    }

    func claimCancellations(_ request: CancellationRequest) throws(StoreFailure) -> [Cancellation] { [] }

    func record(
        _ outcome: CancellationResult, because reason: PeerText?, of cancellation: Cancellation, now: Date
    ) throws(StoreFailure) { throw .closed }

    func content(of batch: Batch.ID) throws(StoreFailure) -> (Batch, [StoredMedia])? {
        reads.append(batch)
        return contents[batch].map { ($0.0, [$0.1]) }
    }

    func record(_ outcome: SubmissionResult, of claim: Claim, now: Date) throws(StoreFailure) {
        beforeRecord()
        offered.append(outcome)
        if !failures.isEmpty { throw failures.removeFirst() }
        kept.append(outcome)
    }
}

extension Submitter {
    /// With the MMSC to itself.
    func submit(_ claim: Claim) async {
        await submit(claim, within: Semaphore(permits: 1))
    }
}
