import CustomerServing
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

/// The API over what the examples of the OpenAPI file speak of.
struct DescribedFace {
    var face = Face()
    private let ids = ULIDGenerator(random: CountingGenerator())
    private static let owner = Owner.servicePlan("shop")
    private static let batch = ULID("01KN6N4Q2GB4KERY5H0P0MMS02")!
    private static let key = Project.AccessKey(id: "bakery-key", secret: Secret("bakery-secret"))
    private static let project = Project(id: "bakery-project", accessKeys: [key])

    init() {
        change { plan in
            plan.sendsTextAsMMS = true
            plan.project = Self.project.id
        }
    }

    /// The plan that calls are made for.
    static let path = ["service_plan_id": "shop"]

    /// The plan `shop`, with the project of the examples.
    private func change(_ change: (inout ServicePlan) -> Void) {
        let old = face.directory.now
        var plans = old.servicePlans.values.filter { ["shop", "bare"].contains($0.id) }
        for index in plans.indices where plans[index].id == "shop" { change(&plans[index]) }
        face.directory.replace(
            with: Directory(
                servicePlans: plans, projects: [Self.project], mmscs: Array(old.mmscs.values), routes: old.routes))
    }

    /// The project's credentials, as the client of a token call sends them.
    static let basic = "Basic " + Data("bakery-key:bakery-secret".utf8).base64EncodedString()

    static func expiredToken() -> String {
        AccessToken(for: key, of: project, now: Face.now - 7200).text
    }

    func limitRequests(perSecond rate: Double) {
        change { $0.customer.requestsPerSecond = rate }
    }

    func router() async throws -> Router<PeerContext> {
        let router = Router(context: PeerContext.self)
        SMSAPI(
            store: try await face.roles, directory: face.directory, clock: face.clock, ids: ids,
            inspector: face.inspector, resources: CallResources(), limits: face.limits,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ).addRoutes(to: router)
        TokenRoute(directory: face.directory, clock: face.clock).addRoutes(to: router)
        return router
    }

    /// - Parameter times: how often it is asked before the answer that counts.
    func answer(
        _ method: HTTPRequest.Method, _ path: String, authorization: String? = "Bearer \(Face.token)",
        type: String? = "application/json", body: String? = nil, key: String? = nil, times: Int = 1
    ) async throws -> TestResponse {
        let app = Listener(host: "127.0.0.1", port: 0)
            .application(for: try await router(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        var headers = HTTPFields()
        headers[.authorization] = authorization
        headers[.contentType] = type
        if let key, let name = HTTPField.Name("Idempotency-Key") { headers[name] = key }
        return try await app.test(.router) { [headers] client in
            for _ in 1..<times { _ = try await client.execute(uri: path, method: method, headers: headers) }
            return try await client.execute(
                uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        }
    }

    /// The batch of the examples: on its way in the morning, or with one message delivered and one without a route.
    func insertBatch(isFinished: Bool) async throws {
        let begin = Face.now + .seconds(22 * 3600)
        let recipients = ["12025550141", "12025550142"]
        let order = Order(
            to: recipients, from: Originator("12025550100")!,
            content: Content(
                text: "Doors open at eight.", media: [.init(url: "https://media.bakery.example/opening.mp4")]),
            sendAt: begin, expireAt: begin + .seconds(36_000), reference: "easter-26", interest: .endFull,
            echo: Echo(#"{"tags":["easter","bread"],"isFeedbackEnabled":true}"#))
        let batch = Batch(order, id: Self.batch, owner: Self.owner, createdAt: Face.now)
        let states: [MessageState] = isFinished ? [.delivered, .aborted(.unroutable)] : [.queued, .queued]
        let messages = zip(recipients, states).enumerated().map { place, pair in
            Message(
                id: ULID(high: batch.id.high, low: batch.id.low + UInt64(place + 1)), batch: batch.id,
                recipient: MSISDN(pair.0)!, carriers: Carriers(["north"]), state: pair.1, changedAt: begin,
                networkTime: pair.1 == .delivered ? begin : nil)
        }
        try await face.store.insert(batch, messages: messages)
    }

    func insertGroup() async throws {
        let words = Group.AutoUpdate(
            to: "12025550100", add: .init(first: "CAKE"), remove: .init(first: "STOP", second: "CAKE"))
        let group = Group(
            id: ULID("01KN6K1A4TB4KERY5H0PGR0P04")!, owner: Self.owner, name: "Easter guests", autoUpdate: words,
            tags: ["easter", "bread"], createdAt: Face.now)
        let members = ["12025550141", "12025550142"].compactMap { MSISDN($0) }
        _ = try await face.store.insert(group, members: members, keeping: nil)
    }

    func insertInbound() async throws {
        try await face.store.insert(
            Inbound(
                id: ULID("01KN6P9W6VB4KERY5H0P0M0B05")!, owner: Self.owner, from: "12025550141", to: "12025550100",
                receivedAt: Face.now, sentAt: Face.now, reference: "easter-26", subject: "Our cake",
                text: "Like this one, please.",
                media: [
                    .init(contentType: "image/jpeg", url: "https://media.bakery.example/in/1.jpg"),
                    .init(contentType: "video/3gpp", url: nil, code: 1),
                ]))
    }
}
