import ConversationAPI
import CurlHTTP
import CustomerServing
import FoundationEssentials
package import GatewayConfiguration
package import GatewayCore
import HTTPServing
import Hosting
import Hummingbird
package import Logging
import MM7Endpoint
import Media
import OAuth
import ObjectStorage
import Operations
import Retention
import SMSAPI
import ServiceLifecycle
import Submission
import Telemetry
import Webhooks

/// The whole gateway as one service: the only place where the parts meet as concrete types.
///
/// It opens the store, lets everything run until it is asked to stop, and closes the store when all else has ended.
package struct Gateway: Service {
    /// The number of the release; `CHANGELOG.md` begins with it.
    package static let version = "0.9.0"

    package let configuration: Configuration
    /// Replaced by a reload.
    package let directory: CurrentDirectory
    /// Changed by a reload.
    package let live: LiveSettings
    package let clock: any DomainClock
    /// Whether the database was restored from a backup: what is queued may have been sent since.
    let isRestored: Bool
    /// When a gateway ran here last, as it wrote down beside the database; nil where none did.
    let lastRun: Date?
    /// Whether the clock goes on from that run's, by the time that the machine has been up.
    let isClockMeasured: Bool
    let logger: Logger
    let tracing: GatewaySpans
    /// Called with a part that ends before its time; the others stop then.
    package var onEarlyEnd: @Sendable (ServiceEnded) -> Void = { _ in }
    /// Called once, when all servers listen.
    let onListening: @Sendable (Ports) async -> Void

    package init(
        _ configuration: Configuration, isRestored: Bool = false, clock: (any DomainClock)? = nil,
        live: LiveSettings? = nil, logger: Logger,
        onListening: @escaping @Sendable (Ports) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.isRestored = isRestored
        directory = CurrentDirectory(configuration.directory)
        self.live = live ?? LiveSettings(configuration)
        lastRun = ClockRecord(in: configuration.dataDirectory)?.time
        let time = SteadyClock.time(ofGatewayIn: configuration.dataDirectory)
        isClockMeasured = time != nil
        self.clock = clock ?? SteadyClock(logger: logger, beginningAt: time)
        self.logger = logger
        tracing = GatewaySpans(configuration, version: Self.version)
        self.onListening = onListening
    }

    package func run() async throws {
        let prometheus = Prometheus(Metric.descriptions)
        let telemetry = Telemetry(prometheus)
        telemetry.runs(version: Self.version)
        let signals = WorkSignals { state, count in telemetry.ended(state, count) }
        let store = try await openedStore(signals)
        if store.findings.isNew {
            logger.notice(
                "There was no store; a new one was made", metadata: ["data_directory": "\(configuration.dataDirectory)"]
            )
        }
        let client = try HTTPClient()
        let media = try await openedMedia(beside: store, over: client)
        if store.findings.claimsInDoubt > 0 {
            logger.warning(
                "Messages were being sent when the gateway last ended; their MMSC's on_lost_answer decides",
                metadata: ["count": .stringConvertible(store.findings.claimsInDoubt)])
        }
        let result: Result<Void, any Error>
        do {
            try await lookForRestoration(of: store, media)
            let registry = try await appRegistry(of: store, seal: media.seal)
            let services = try services(
                store: store, media: media, registry: registry, client: client, signals: signals,
                prometheus: prometheus, telemetry: telemetry)
            let silent = Logger(label: "services", factory: { _ in SwiftLogNoOpLogHandler() })
            // Whichever ends first, the others are asked to stop.
            let members = services.map {
                ServiceGroupConfiguration.ServiceConfiguration(
                    service: $0, failureTerminationBehavior: .gracefullyShutdownGroup)
            }
            try await ServiceGroup(configuration: .init(services: members, logger: silent)).run()
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await client.shutdown()
        await media.close()
        await store.close()
        try result.get()
    }

    /// The services are stopped from the last to the first: readiness goes, then nothing new is taken while what is in
    /// flight ends, and the operator can watch to the end.
    private func services(
        store: any Store, media opened: OpenedMedia, registry: AppRegistry, client: HTTPClient, signals: WorkSignals,
        prometheus: Prometheus, telemetry: Telemetry
    ) throws -> [any Service] {
        let ids = ULIDGenerator()
        let health = Health(directory: directory, signals: signals, ownership: store.ownership, logger: logger)
        let (library, host) = (opened.library, opened.host)
        let readiness = Readiness(
            [.init("store") { try await store.check() }, .init("media") { try await library.check() }],
            notes: { [clock, directory] in
                [clock.note, store.ownership?.membership.lease].compactMap(\.self) + health.notes(of: directory.now)
            },
            peers: { [clock, directory] in health.peers(of: directory.now, now: clock.now()) })
        let ports = PortCollector(expectsBatches: configuration.server.batchListen != nil, onListening)

        let apis = APIs(
            fates: store, directory: directory, links: host, clock: clock, configuration: configuration)
        let webhooks = WebhookService(
            store: store, client: client, writers: apis.writer(for:), clock: clock, ids: ids,
            signal: signals.events, settings: configuration.webhookSettings(live), telemetry: telemetry,
            spans: tracing.spans, logger: logger)
        let submission = SubmissionService(
            store: store, library: library, client: client, directory: directory, clock: clock, signals: signals,
            health: health, settings: configuration.submissionSettings, telemetry: telemetry, spans: tracing.spans,
            logger: logger)
        let fetcher = MediaFetcher(client: client, limits: configuration.mediaLimits(live), telemetry: telemetry)
        let inspector = StrictInspector(
            fetcher: fetcher, rules: configuration.media.strict.rules, clock: clock,
            settings: configuration.inspectorSettings)
        let media = MediaService(
            store: store, library: library, fetcher: fetcher,
            directory: directory, ids: ids, clock: clock, signal: signals.media, settings: configuration.mediaSettings,
            spans: tracing.spans, logger: logger)

        let sweep = MediaSweep(
            library: library, needs: store, clock: clock, retention: configuration.media.retention,
            isHousekeeper: { store.ownership?.keepsHouse ?? true }, logger: logger)

        let uploads = UploadService(
            store: store, library: library, uploader: Uploader(client: client, clock: clock), directory: directory,
            clock: clock, signal: signals.uploads, pauses: UploadPauses(total: configuration.media.uploadRetry),
            maxInFlight: configuration.media.maxUploads, telemetry: telemetry, spans: tracing.spans, logger: logger)

        let inbounds = InboundService(
            store: .init(of: store), directory: directory, clock: clock, ids: ids, signal: signals.unread,
            settings: configuration.conversationSettings, logger: logger)

        let operations = Router(context: PeerContext.self)
        Operations(
            readiness: readiness,
            scrape: Scrape(
                prometheus, telemetry,
                collectors: [
                    .conditions(of: directory, health), .queues(of: directory, health, in: store, clock: clock),
                    .checks(of: readiness), .certificates(of: directory),
                    .room(ofFolder: configuration.dataDirectory), .room(of: store, live.sizeLimit),
                    .kept(in: store, clock: clock), .replicas(of: directory, in: store),
                ]),
            access: { [live] in live.operationsAccess }
        ).addRoutes(to: operations)
        let mmscs = Router(context: PeerContext.self)
        let endpoint = MM7Endpoint(
            store: store, library: library, directory: directory, clock: clock, ids: ids,
            limits: configuration.mm7.limits,
            unknownRecipients: live.unknownRecipients,
            unreadablePosts: configuration.mm7.unreadablePosts, dataDirectory: configuration.dataDirectory,
            telemetry: telemetry, logger: logger)
        endpoint.addRoutes(to: mmscs)
        var posts = configuration.mm7.listener
        posts.onRefusal = endpoint.noteRefusal
        let customers = Router(context: PeerContext.self)
        let resources = CallResources(memoryBytes: configuration.server.memoryLimitBytes)
        SMSAPI(
            store: .init(of: store), directory: directory, clock: clock, ids: ids, inspector: inspector,
            links: host,
            resources: resources,
            limits: .init(
                bodyBytes: configuration.server.requestLimitBytes, queuedMessages: configuration.server.queueLimit),
            telemetry: telemetry, logger: logger
        ).addRoutes(to: customers)
        TokenRoute(directory: directory, clock: clock).addRoutes(to: customers)
        MediaRoutes(library: library, keys: host.keys, clock: clock).addRoutes(to: customers)
        let roles = ConversationAPI.Roles(of: store)
        let conversation = conversationAPI(
            of: roles, registry: registry, ids: ids, links: host, resources: resources, telemetry: telemetry)
        conversation.addRoutes(to: customers)
        let batches = Router(context: PeerContext.self)
        BatchAPI(beside: conversation).addRoutes(to: batches)
        TokenRoute(directory: directory, clock: clock).addRoutes(to: batches)
        let credentials = CredentialWatch(telemetry: telemetry, logger: logger)
        let hosted = HostedRouter(batches, where: BatchAPI.isOwnHost)

        // Stopped last: what the others did until then is sent.
        let exporter = tracing.exporter(client: client, telemetry: telemetry, logger: logger)
        return [exporter].compactMap(\.self) + [
            Together(
                members: [
                    server(configuration.operations.listener, .operations, operations, credentials) {
                        await ports.set(\.operations, $0)
                    }
                ], onEarlyEnd: onEarlyEnd),
            Together(
                members: [
                    .init(
                        name: "clock",
                        service: ClockKeeping(clock: clock, directory: configuration.dataDirectory, logger: logger)),
                    .init(name: "webhooks", service: webhooks), .init(name: "submission", service: submission),
                    .init(name: "media", service: media), .init(name: "uploads", service: uploads),
                    .init(name: "inbounds", service: inbounds),
                    .init(name: "media.retention", service: sweep),
                    .init(
                        name: "inbounds.retention",
                        service: InboundSweep(
                            store: store, retention: configuration.inbounds.retention, clock: clock, logger: logger)),
                    .init(
                        name: "retention",
                        service: RetentionService(
                            store: store, rules: configuration.retention, clock: clock,
                            newest: store.findings.lastEntry, telemetry: telemetry, logger: logger)),
                    .init(name: "memory", service: FreedMemory(logger: logger)), certificateWatch(telemetry),
                    server(posts, .mm7, mmscs, credentials) { await ports.set(\.mm7, $0) },
                    server(configuration.server.listener, .server, customers, hosted: hosted, credentials) {
                        await ports.set(\.customers, $0)
                    },
                ]
                    + [
                        live.sizeLimit.changes(of: store, logger: logger).map {
                            .init(name: "store.size_limit", service: $0)
                        }
                    ].compactMap(\.self)
                    + conversationMembers(of: roles, ids: ids, signals: signals)
                    + [appRefresh(of: registry, in: store, signals: signals)].compactMap(\.self)
                    + [batchServer(batches, credentials) { await ports.set(\.batches, $0) }].compactMap(\.self),
                onEarlyEnd: onEarlyEnd),
            Draining(readiness: readiness),
        ]
    }
}
