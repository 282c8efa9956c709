import ConversationAPI
import CustomerServing
import GatewayConfiguration
import GatewayCore
import HTTPServing
import Hummingbird
import Telemetry

/// The Conversation API and, beside it, the Batch API.
extension Gateway {
    /// The apps and webhooks of the configuration, and those that were made through the API.
    func appRegistry(of store: any AppStore, seal: AppSeal) async throws -> AppRegistry {
        let registry = AppRegistry(store: store, directory: directory, seal: seal, logger: logger)
        try await registry.load()
        return registry
    }

    func conversationAPI(
        of store: ConversationAPI.Roles, registry: AppRegistry, ids: ULIDGenerator, links: any MediaLinks,
        resources: CallResources, telemetry: Telemetry
    ) -> ConversationAPI {
        ConversationAPI(
            store: store, directory: directory, registry: registry, clock: clock, ids: ids, links: links,
            resources: resources, settings: configuration.conversationSettings,
            limits: .init(
                bodyBytes: configuration.server.requestLimitBytes, queuedMessages: configuration.server.queueLimit,
                queuedMessagesOfApp: configuration.conversation.queueLimit,
                webhookCallsPerSecond: configuration.conversation.webhookCallsPerSecond),
            telemetry: telemetry, logger: logger)
    }

    /// Keeps apps up to date where other processes may change them; nil where none can.
    func appRefresh(of registry: AppRegistry, in store: any Store, signals: WorkSignals) -> Together.Member? {
        guard store.ownership != nil else { return nil }
        return .init(
            name: "apps",
            service: AppRefresh(registry: registry, clock: clock, signal: signals.apps, logger: logger))
    }

    /// What the two APIs do beside their calls.
    func conversationMembers(
        of store: ConversationAPI.Roles, ids: ULIDGenerator, signals: WorkSignals
    ) -> [Together.Member] {
        [
            .init(
                name: "batches of apps",
                service: AppBatchService(
                    store: store, directory: directory, settings: configuration.conversationSettings, clock: clock,
                    ids: ids, signal: signals.appBatches, logger: logger)),
            .init(
                name: "conversation.conversation_retention",
                service: AppBatchSweep(
                    store: store.appBatches, retention: configuration.conversation.conversationRetention, clock: clock,
                    logger: logger)),
            .init(
                name: "conversation.dispatch_retention",
                service: AppMessageSweep(
                    store: store.messages, choiceLife: configuration.conversation.choiceLife, clock: clock,
                    logger: logger)),
        ]
    }

    /// The server of the Batch API alone; nil where the configuration has none.
    func batchServer(
        _ router: Router<PeerContext>, _ credentials: CredentialWatch,
        onListening: @escaping @Sendable (Int) async -> Void
    ) -> Together.Member? {
        guard let address = configuration.server.batchListen else { return nil }
        var listener = configuration.server.listener
        listener.name = "server.batch_listen"
        listener.host = address.host
        listener.port = address.port
        return server(listener, .batches, router, credentials, onListening: onListening)
    }
}
