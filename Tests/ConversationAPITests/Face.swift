import CustomerServing
import Doubles
import Foundation
import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import SQLStore
import SQLiteStore
import Synchronization
import Testing

@testable import ConversationAPI

/// The API over a store of its own, at a moment that stands still until a test moves it.
struct Face: Sendable {
    /// 2026-04-02T09:30:00.250Z
    static let now = Date(milliseconds: 1_775_122_200_250)

    private let stores = StoreBox()
    let directory = CurrentDirectory(Self.customers)
    let clock = SettableClock(Self.now)
    var limits = ConversationAPI.Limits()
    /// What becomes of the store's roles before the API has them.
    var change: @Sendable (inout StoreRoles) -> Void = { _ in }
    private let ids = ULIDGenerator()

    /// Empty at first.
    var store: SQLiteStore {
        get async throws { try await stores.store() }
    }

    /// One request below a project's path, with the project's key.
    ///
    /// - Parameter path: `contacts?page_size=5`.
    func call(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSONValue? = nil, project: String = Bakery.project,
        version: String = "v1", key: String? = nil
    ) async throws -> TestResponse {
        try await send(method, "/\(version)/projects/\(project)/\(path)", body: body?.text, key: key)
    }

    /// The API itself, or the one beside it, whose paths are the same.
    enum Part {
        case conversation
        case batches
    }

    /// One request.
    func send(
        _ method: HTTPRequest.Method, _ path: String, type: String? = "application/json", body: String? = nil,
        key: String? = nil, to part: Part = .conversation
    ) async throws -> TestResponse {
        var headers = HTTPFields()
        let login = Data("\(Self.accessKey.id):\(Self.accessKey.secret.reveal())".utf8).base64EncodedString()
        headers[.authorization] = "Basic \(login)"
        headers[.contentType] = type
        if let key, let name = HTTPField.Name("Idempotency-Key") { headers[name] = key }
        let router = Router(context: PeerContext.self)
        let api = try await api
        switch part {
        case .conversation: api.addRoutes(to: router)
        case .batches: BatchAPI(beside: api).addRoutes(to: router)
        }
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let app = Listener(host: "127.0.0.1", port: 0).application(for: router, logger: logger)
        return try await app.test(.router) { [headers] client in
            try await client.execute(
                uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        }
    }

    /// The apps, as the store has them at this moment.
    private var registry: AppRegistry {
        get async throws {
            let registry = AppRegistry(
                store: try await store, directory: directory, seal: AppSeal([UInt8](repeating: 1, count: 32)),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await registry.load()
            return registry
        }
    }

    var api: ConversationAPI {
        get async throws {
            var roles = StoreRoles(of: try await store)
            change(&roles)
            return ConversationAPI(
                store: roles, directory: directory, registry: try await registry, clock: clock, ids: ids,
                links: PlainLinks(), resources: CallResources(), limits: limits,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        }
    }

    /// What was written down for the apps and not yet called for, as `trigger of app`.
    var notices: [String] {
        get async throws { try await bodies.map { "\($0.name) of \($0.owner.name)" }.sorted() }
    }

    /// The same with their texts, each given once.
    var bodies: [Notice] {
        get async throws {
            var found: [Notice] = []
            while true {
                let claims = try await store.claimCalls(
                    limit: 100, now: clock.now(), leaseUntil: clock.now() + .seconds(60))
                if claims.isEmpty { return found }
                for claim in claims {
                    if case .notice(let notice) = claim.event.subject { found.append(notice) }
                    try await store.record(.heard, of: claim.id, now: clock.now())
                }
            }
        }
    }
}

/// Links that can be foreseen.
struct PlainLinks: MediaLinks {
    func url(for media: StoredMedia, fileName: String, now: Date) -> String {
        "https://mms.example/media/\(media.hash)/\(fileName)"
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

/// Opens a store when it is first asked for, and closes it when nobody has it any more.
private actor StoreBox {
    private var opening: Task<SQLiteStore, any Error>?
    private let folder =
        FileManager.default.temporaryDirectory.appendingPathComponent("projects-\(UUID().uuidString)").path

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
