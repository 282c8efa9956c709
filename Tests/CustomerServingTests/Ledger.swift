import Doubles
import FoundationEssentials
import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Synchronization

@testable import CustomerServing

/// An API that is none of the gateway's, with faults of its own: it adds up what is put in. An access key of a project
/// opens it, by itself or by a token.
struct Ledger: Sendable {
    static let now = Date(milliseconds: 1_775_122_200_250)
    static let key = Project.AccessKey(id: "key", secret: Secret("hush"))
    static let project = Project(id: "bakery", accessKeys: [key])
    static let basic = "Basic \(Data("key:hush".utf8).base64EncodedString())"

    let book = Book()
    let clock = HastyClock(at: Self.now)
    var requestsPerSecond: Double?
    /// Whether the API knows Idempotency-Keys.
    var hasKeys = true
    var bodyLimitBytes = 1000
    /// Thrown by whatever is put in.
    var failure: (any Error)?

    struct Member: APICaller {
        let id: String
        var requestsPerSecond: Double?
        var keptAnswersOwner: Owner?
    }

    private struct Entry: Codable {
        var amount: Int
    }

    private func put(_ call: CustomerCall<Member>) async throws -> APIResponse {
        if let failure { throw failure }
        let sum = book.add(try await call.body(as: Entry.self).amount)
        return APIResponse(status: .created, json: Entry(amount: sum))
    }

    private func list(_ call: CustomerCall<Member>) async throws -> APIResponse {
        let most = try call.query.integer("page_size", in: 0...10) ?? 10
        return try await ListResponse(
            opening: #"{"rows":["#, closing: #"],"next":""}"#, Array(0..<most), byteCount: { _ in 100_000 },
            element: { Entry(amount: $0) }
        ).response(to: call)
    }

    private var router: Router<PeerContext> {
        let router = Router(context: PeerContext.self)
        router.add(middleware: UnclaimedPaths(answer: LedgerFault(.noSuchPath)) { $0.hasPrefix("/ledger/") })
        let directory = Directory(projects: [Self.project])
        let desk = Desk<LedgerFault, Member>(
            store: book, clock: clock, bodyLimitBytes: bodyLimitBytes,
            resources: CallResources(memoryBytes: 1 << 20), logger: Self.logger
        ) { [requestsPerSecond, hasKeys] request, context, now throws(CallRefusal) in
            let project = try Access(directory).project(
                context.pathParameter("project"), with: request.authorization, now: now)
            return Member(
                id: project.id, requestsPerSecond: requestsPerSecond,
                keptAnswersOwner: hasKeys ? .app("app", project: project.id) : nil)
        }
        let routes = CustomerRoutes(router, below: "ledger/:project/", desk: desk)
        routes.on("rows", [.post: put, .get: list])
        routes.on("rows:close", [.post: { _ in Self.said("closed") }])
        routes.on("rows/:row", [.get: { Self.said($0.context.pathParameter("row")) }])
        routes.on("rows/:row:move", [.post: { Self.said("moved \($0.context.pathParameter("row"))") }])
        return router
    }

    private static func said(_ words: String) -> APIResponse { APIResponse(json: words) }

    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Sends requests to one ledger, which remembers how often it was called.
    func session<Result: Sendable>(_ calls: @Sendable (Caller) async throws -> Result) async throws -> Result {
        let app = Listener(host: "127.0.0.1", port: 0).application(for: router, logger: Self.logger)
        return try await app.test(.router) { try await calls(Caller(client: $0)) }
    }

    func send(
        _ method: HTTPRequest.Method = .post, _ path: String = "/ledger/bakery/rows", body: String? = nil,
        authorization: String? = Ledger.basic, type: String? = "application/json", key: String? = nil
    ) async throws -> TestResponse {
        try await session { caller in
            try await caller.send(method, path, body: body, authorization: authorization, type: type, key: key)
        }
    }

    struct Caller: Sendable {
        let client: any TestClientProtocol

        func send(
            _ method: HTTPRequest.Method = .post, _ path: String = "/ledger/bakery/rows", body: String? = nil,
            authorization: String? = Ledger.basic, type: String? = "application/json", key: String? = nil
        ) async throws -> TestResponse {
            var headers = HTTPFields()
            headers[.authorization] = authorization
            headers[.contentType] = type
            if let key, let name = HTTPField.Name("Idempotency-Key") { headers[name] = key }
            return try await client.execute(
                uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        }
    }
}

/// What was added up, and the answers that were kept.
final class Book: AnswerStore {
    private let state = Mutex((sum: 0, answers: [KeptAnswer]()))

    var sum: Int { state.withLock(\.sum) }

    func add(_ amount: Int) -> Int {
        state.withLock { state in
            state.sum += amount
            return state.sum
        }
    }

    func keptAnswer(to key: String, of owner: Owner, now: Date) async throws(StoreFailure) -> KeptAnswer? {
        state.withLock { $0.answers.first { $0.key == key && $0.owner == owner } }
    }

    func keep(_ answer: KeptAnswer) async throws(StoreFailure) {
        state.withLock { $0.answers.append(answer) }
    }
}
