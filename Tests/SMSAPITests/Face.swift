import Foundation
import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import SMSAPI

/// The API over a store in memory, at a fixed moment, with two plans: `shop` has a default originator and a webhook,
/// `bare` has neither.
struct Face: Sendable {
    /// 2026-04-02T09:30:00.250Z
    static let now = Date(milliseconds: 1_775_122_200_250)
    static let token = "shop-token"
    static let bareToken = "bare-token"

    let store = MemoryStore()
    let directory = CurrentDirectory(
        Directory(
            servicePlans: [
                ServicePlan(
                    id: "shop", apiTokens: [Secret("older-token"), Secret(token)],
                    defaultOriginator: Originator("12025550100"), callbackURL: "https://hooks.bakery.example/plan",
                    callbackSecret: Secret("shop-secret")),
                ServicePlan(id: "bare", apiTokens: [Secret(bareToken)]),
            ],
            mmscs: [MMSC(name: "south", url: "http://mmsc.example", defaultSender: Originator("33155500100"))],
            routes: Routes([.init(prefix: "1", mmscs: ["north"]), .init(prefix: "33", mmscs: ["south"])])))
    var limits = SMSAPI.Limits()

    /// Sends one request and gives back its answer.
    func send(
        _ method: HTTPRequest.Method, _ path: String, token: String? = Face.token, type: String? = "application/json",
        body: String? = nil
    ) async throws -> TestResponse {
        let router = Router(context: PeerContext.self)
        SMSAPI(
            store: store, directory: directory, clock: StoppedClock(now: Self.now),
            ids: ULIDGenerator(random: CountingGenerator()), limits: limits
        ).addRoutes(to: router)
        let app = Listener(host: "127.0.0.1", port: 0)
            .application(for: router, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        var headers = HTTPFields()
        headers[.authorization] = token.map { "Bearer \($0)" }
        headers[.contentType] = type
        return try await app.test(.router) { [headers] client in
            try await client.execute(
                uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
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
        let batch = Batch(
            id: ULID("01KN6MZ5G0BAKERY0000000001")!, owner: owner,
            recipients: ["12025550141", "12025550142", "12025550143", "12025550144", "12025550145"],
            originator: Originator("12025550100")!, isOriginatorDefault: true,
            content: .init(subject: "Easter", mediaURL: "https://media.bakery.example/cake.jpg"),
            reporting: .full, clientReference: "easter-26", createdAt: sent, expireAt: sent + .seconds(259_200))
        let states: [MessageState] = [
            .failed(.refusedByMMSC), .delivered, .aborted(.unroutable), .submitted(messageID: "a"),
            .submitted(messageID: "b"),
        ]
        let messages = zip(batch.recipients, states).enumerated().map { place, pair in
            Message(
                id: ULID(high: batch.id.high, low: UInt64(place + 2)), batch: batch.id, recipient: MSISDN(pair.0)!,
                mmsc: "north", state: pair.1, changedAt: sent + .milliseconds(1200 * place),
                networkTime: pair.1 == .delivered ? sent + .seconds(1) : nil,
                statusText: pair.1 == .failed(.refusedByMMSC) ? "Sender not allowed" : nil)
        }
        try await store.insert(batch, messages: messages)
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

struct StoppedClock: WallClock {
    let time: Date

    init(now: Date) { time = now }

    func now() -> Date { time }

    func sleep(until deadline: Date) async throws {}
}

/// Small numbers in place of chance, so that identifiers can be written down.
struct CountingGenerator: RandomNumberGenerator, Sendable {
    private var last: UInt64 = 0

    mutating func next() -> UInt64 {
        last += 1
        return last
    }
}
