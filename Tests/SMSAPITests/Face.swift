import CustomerServing
import DescribedAPI
import Doubles
import Foundation
import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import OAuth
import SMSAPI
import SQLStore
import SQLiteStore
import Synchronization
import Telemetry

/// The API over a store of its own, at a moment that stands still until a test moves it.
///
/// Its plans: `shop` has a default originator and a webhook, and is what access tokens of the project `bakery` open;
/// `bare` has neither; `text` sends texts as MMS and fills in subjects; `slow` may call twice a second. The project
/// `lone` is named by no plan.
struct Face: Sendable {
    /// 2026-04-02T09:30:00.250Z
    static let now = Date(milliseconds: 1_775_122_200_250)
    static let token = "shop-token"
    static let bareToken = "bare-token"
    static let bakeryKey = Project.AccessKey(id: "bakery-key", secret: Secret("bakery-secret"))
    static let loneKey = Project.AccessKey(id: "lone-key", secret: Secret("lone-secret"))

    private let stores = StoreBox()
    /// What comes of each new batch when set.
    var failure: StoreFailure?
    let directory = CurrentDirectory(Self.customers)
    var limits = SMSAPI.Limits()
    var inspector = Inspector()
    var telemetry = Telemetry.none
    let clock = SettableClock(Self.now)
    private let ids = ULIDGenerator(random: CountingGenerator())

    /// Empty at first.
    var store: any Store {
        get async throws { try await stores.store() }
    }

    var roles: StoreRoles {
        get async throws {
            var roles = StoreRoles(of: try await store)
            if let failure { roles.batches = FailingStore(failure: failure) }
            return roles
        }
    }

    /// Sends one request and gives back its answer.
    func send(
        _ method: HTTPRequest.Method, _ path: String, token: String? = Face.token, type: String? = "application/json",
        body: String? = nil, key: String? = nil
    ) async throws -> TestResponse {
        try await session { caller in
            try await caller.send(method, path, token: token, type: type, body: body, key: key)
        }
    }

    /// Several requests to one gateway, which remembers how often it was called.
    func session<Result: Sendable>(_ calls: @Sendable (Caller) async throws -> Result) async throws -> Result {
        let router = Router(context: PeerContext.self)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        SMSAPI(
            store: try await roles, directory: directory, clock: clock, ids: ids, inspector: inspector,
            resources: CallResources(), limits: limits,
            telemetry: telemetry, logger: logger
        ).addRoutes(to: router)
        TokenRoute(directory: directory, clock: clock).addRoutes(to: router)
        let app = Listener(host: "127.0.0.1", port: 0).application(for: router, logger: logger)
        return try await app.test(.router) { client in try await calls(Caller(client: client)) }
    }

    /// Batches of the plan `shop`.
    var batchCount: Int {
        get async throws {
            let filter = BatchFilter(from: .distantPast)
            return try await store.batches(of: .servicePlan("shop"), matching: filter, page: Page()).count
        }
    }

    func post(_ body: JSON, plan: String = "shop", token: String? = Face.token) async throws -> TestResponse {
        try await send(.post, "/xms/v1/\(plan)/batches", token: token, body: try body.text)
    }

    /// A request that is right, to be spoilt by tests.
    static let goodBody: JSON = [
        "type": "mt_media", "to": ["12025550141"], "from": "12025550100",
        "body": ["url": "https://media.bakery.example/cake.jpg"],
    ]

    /// The batch that the read-only tests find in the store.
    func insertFinishedBatch(owner: Owner = .servicePlan("shop")) async throws {
        let sent = Date(milliseconds: 1_775_120_400_000)
        let order = Order(
            to: ["12025550141", "12025550142", "12025550143", "12025550144", "12025550145"],
            from: Originator("12025550100")!,
            content: Content(subject: "Easter", media: [.init(url: "https://media.bakery.example/cake.jpg")]),
            expireAt: sent + .seconds(259_200), reference: "easter-26", interest: .endFull,
            echo: Echo(#"{"isOriginatorDefault":true}"#))
        let batch = Batch(order, id: ULID("01KN6MZ5G0BAKERY0000000001")!, owner: owner, createdAt: sent)
        let states: [MessageState] = [
            .failed(.refusedByMMSC), .delivered, .aborted(.unroutable), .submitted(messageID: "a"),
            .submitted(messageID: "b"),
        ]
        let messages = zip(order.recipients, states).enumerated().map { place, pair in
            Message(
                id: ULID(high: batch.id.high, low: UInt64(place + 2)), batch: batch.id, recipient: MSISDN(pair.0)!,
                carriers: Carriers(["north"]), state: pair.1, changedAt: sent + .milliseconds(1200 * place),
                networkTime: pair.1 == .delivered ? sent + .seconds(1) : nil,
                statusText: pair.1 == .failed(.refusedByMMSC) ? "Sender not allowed" : nil)
        }
        try await store.insert(batch, messages: messages)
    }
}

/// A client of one gateway.
struct Caller: Sendable {
    let client: any TestClientProtocol

    func send(
        _ method: HTTPRequest.Method, _ path: String, token: String? = Face.token, type: String? = "application/json",
        body: String? = nil, bytes: [UInt8]? = nil, key: String? = nil
    ) async throws -> TestResponse {
        var headers = HTTPFields()
        headers[.authorization] = token.map { "Bearer \($0)" }
        headers[.contentType] = type
        if let key, let name = HTTPField.Name("Idempotency-Key") { headers[name] = key }
        return try await client.execute(
            uri: path, method: method, headers: headers,
            body: body.map { ByteBuffer(string: $0) } ?? bytes.map { ByteBuffer(bytes: $0) })
    }
}

extension JSON {
    var text: String {
        get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    var json: JSON {
        get throws { try JSON(text) }
    }
}

/// A clock that a test sets.
final class SettableClock: DomainClock {
    private let time: Mutex<Date>

    init(_ time: Date) { self.time = Mutex(time) }

    func now() -> Date { time.withLock { $0 } }

    func advance(by duration: Duration) { time.withLock { $0 = $0 + duration } }

    func sleep(until deadline: Date) async throws {}
}

/// Finds in media what the test says.
final class Inspector: MediaInspector {
    private let fault: String?
    private let looked = Mutex<[String]>([])

    init(fault: String? = nil) { self.fault = fault }

    /// What was looked at, in order.
    var urls: [String] { looked.withLock { $0 } }

    func fault(inMediaAt url: String, of owner: Owner) async -> String? {
        looked.withLock { $0.append(url) }
        return fault
    }
}

/// Opens a store when it is first asked for, and closes it when nobody has it any more.
private actor StoreBox {
    private var opening: Task<SQLiteStore, any Error>?
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("face-\(UUID().uuidString)").path

    func store() async throws -> SQLiteStore {
        if let opening { return try await opening.value }
        let opening = Task { [folder] in
            try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: Face.now, readerCount: 1)
        }
        self.opening = opening
        return try await opening.value
    }

    deinit {
        guard let opening else { return }
        Task { [folder] in
            try await opening.value.close()
            try FileManager.default.removeItem(atPath: folder)
        }
    }
}

/// A store that takes no batch.
private struct FailingStore: BatchStore {
    let failure: StoreFailure

    func insert(
        _ batch: Batch, messages: [Message], expansion: Expansion, keeping answer: KeptAnswer?, queueLimit: Int?
    ) throws(StoreFailure) -> InsertResult { throw failure }

    func replace(
        _ batch: Batch, messages: [Message], expansion: Expansion, keeping answer: KeptAnswer?, now: Date,
        queueLimit: Int?
    ) throws(StoreFailure) -> ReplaceResult { throw failure }

    func cancel(_ id: Batch.ID, of owner: Owner, now: Date) throws(StoreFailure) -> StoredBatch? { throw failure }

    func recordFeedback(
        on batch: Batch.ID, from recipients: [MSISDN], keeping answer: KeptAnswer?, now: Date
    ) throws(StoreFailure) -> Int { throw failure }

    func setEcho(
        _ echo: Echo, of batch: Batch.ID, revision: Int, of owner: Owner, keeping answer: KeptAnswer?
    ) throws(StoreFailure) -> ReplaceResult { throw failure }
}

/// Small numbers in place of chance, so that identifiers can be written down.
struct CountingGenerator: RandomNumberGenerator, Sendable {
    private var last: UInt64 = 0

    mutating func next() -> UInt64 {
        last += 1
        return last
    }
}
