import CurlHTTP
import HTTPServing
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// An MMS Relay/Server of our own, to test and demonstrate against: it takes SubmitReqs at any path, checks them as an
/// MMSC would that forgives nothing, and posts DeliveryReportReqs. `Faults` decide what goes wrong, and `GET /journal`
/// shows what the MMSC saw.
package final class MockMMSC: Service {
    /// What was received and done so far.
    package let journal: Journal
    private let configuration: Configuration
    private let fates: Fates
    private let accounts: Accounts
    private let callbackURL: Mutex<String?>
    private let onListening: @Sendable (Int) async -> Void
    private let logger: Logger

    /// - Parameters:
    ///   - random: decides the faults and the names of messages; seeded, they repeat. Names that repeat collide in the
    ///     store of a VASP that outlives the MMSC.
    ///   - onListening: called once with the port that was bound.
    ///   - onSubmission: called with each SubmitReq and what became of it.
    package init(
        _ configuration: Configuration = Configuration(),
        random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
        logger: Logger = Logger(label: "mock-mmsc", factory: { _ in SwiftLogNoOpLogHandler() }),
        onListening: @escaping @Sendable (Int) async -> Void = { _ in },
        onSubmission: (@Sendable (ReceivedSubmission) -> Void)? = nil
    ) {
        var random = random
        self.configuration = configuration
        self.logger = logger
        self.onListening = onListening
        let journal = Journal(limit: configuration.journalLimit, onSubmission: onSubmission)
        self.journal = journal
        accounts = Accounts(limit: configuration.accountLimit, prefix: String(random.next(), radix: 36)) {
            journal.count(\.forgotten)
        }
        fates = Fates(configuration.faults, random: random)
        callbackURL = Mutex(configuration.callbackURL)
    }

    /// From now on reports are posted there: for a VASP whose port is known only after it was told ours.
    package func postReports(to url: String) {
        callbackURL.withLock { $0 = url }
    }

    /// Serves until a graceful shutdown or until the task is cancelled. Reports that wait then are not posted.
    ///
    /// - Throws: `HTTPFailure` when there can be no HTTP client; `TLSFileFaults` when its certificate cannot be used;
    ///   `ListenFailure` when it cannot listen.
    package func run() async throws {
        try await run(onListening: onListening)
    }

    /// Serves as long as the body runs.
    ///
    /// - Parameter body: gets the URL to post to.
    package func serving<Result: Sendable>(
        _ body: @escaping @Sendable (_ url: String) async throws -> Result
    ) async throws -> Result {
        let (ports, listening) = AsyncStream<Int>.makeStream()
        let server = ClosureService { [self] in
            try await run { port in
                await self.onListening(port)
                listening.yield(port)
            }
        }
        return try await withServices([server]) { [configuration] in
            var iterator = ports.makeAsyncIterator()
            guard let port = await iterator.next() else { throw CancellationError() }
            return try await body("\(configuration.scheme)://\(configuration.host):\(port)/mm7")
        }
    }

    private func run(onListening: @escaping @Sendable (Int) async -> Void) async throws {
        let server = try configuration.server()
        var clientConfiguration = HTTPClient.Configuration()
        clientConfiguration.userAgent = "mock-mmsc"
        clientConfiguration.maxIdleConnections = configuration.reportsInFlight * 2
        let client = try HTTPClient(clientConfiguration)
        let reports = ReportSender(
            client: client, configuration: configuration, journal: journal, logger: logger
        ) { [self] in callbackURL.withLock { $0 } }
        let result = await serve(server, reports, onListening)
        await client.shutdown()
        try result.get()
    }

    private func serve(
        _ server: HTTPServerBuilder, _ reports: ReportSender, _ onListening: @escaping @Sendable (Int) async -> Void
    ) async -> Swift.Result<Void, any Error> {
        let router = Router(context: ExchangeContext.self)
        SubmitRoute(
            configuration: configuration, journal: journal, fates: fates, accounts: accounts, reports: reports,
            answers: Answers(configuration: configuration),
            challenges: configuration.authentication == .digest ? configuration.login.map(Challenges.init) : nil,
            logger: logger
        ).addRoutes(to: router)
        JournalRoute(journal: journal, accounts: accounts).addRoutes(to: router)
        // The gateway's own listener cannot be used, because a dropped answer has to close its connection.
        let application = Application(
            router: router, server: server,
            configuration: ApplicationConfiguration(address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
            logger: logger)
        return await withTaskGroup(of: Void.self) { group in
            group.addTask { await reports.run() }
            defer { group.cancelAll() }
            do {
                return .success(try await application.run())
            } catch let error as IOError {
                let listener = Listener("mock-mmsc", host: configuration.host, port: configuration.port)
                return .failure(ListenFailure(listener: listener, error))
            } catch {
                return .failure(error)
            }
        }
    }
}
