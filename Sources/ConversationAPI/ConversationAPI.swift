package import CustomerServing
package import GatewayCore
package import HTTPServing
package import Hummingbird
package import Logging
package import Telemetry

/// The Conversation API's MMS channel as its SDKs know it, below `/v1/projects/{project_id}`.
package struct ConversationAPI: Sendable {
    let store: StoreRoles
    let directory: CurrentDirectory
    let registry: AppRegistry
    let clock: any DomainClock
    let ids: ULIDGenerator
    let links: any MediaLinks
    let resources: CallResources
    let settings: Settings
    let limits: Limits
    let telemetry: Telemetry
    let logger: Logger
    /// Admits the project that the path names.
    let desk: Desk<ConversationError, ProjectCaller>

    /// - Parameters:
    ///   - registry: has read what the store has.
    ///   - links: to the media of what came in.
    ///   - resources: those of all customers' APIs.
    package init(
        store: StoreRoles, directory: CurrentDirectory, registry: AppRegistry, clock: any DomainClock,
        ids: ULIDGenerator,
        links: any MediaLinks, resources: CallResources, settings: Settings = Settings(), limits: Limits = Limits(),
        telemetry: Telemetry = .none, logger: Logger
    ) {
        self.store = store
        self.directory = directory
        self.registry = registry
        self.clock = clock
        self.ids = ids
        self.links = links
        self.resources = resources
        self.settings = settings
        self.limits = limits
        self.telemetry = telemetry
        self.logger = logger
        desk = Desk(
            store: store.answers, clock: clock, bodyLimitBytes: limits.bodyBytes, resources: resources, logger: logger
        ) { [directory] request, context, now throws(CallRefusal) in
            ProjectCaller(
                project: try Access(directory.now).project(
                    context.pathParameter("project"), with: request.authorization, now: now))
        }
    }

    /// What one request may cost; limits that the API documents are fixed and not here.
    package struct Limits: Sendable {
        package var bodyBytes: Int
        /// The most messages of all customers that wait for an MMSC.
        package var queuedMessages: Int
        /// The most messages of one app that wait for an MMSC.
        package var queuedMessagesOfApp: Int
        /// Calls to the webhooks of one app per second.
        package var webhookCallsPerSecond: Double

        package init(
            bodyBytes: Int = 4 << 20, queuedMessages: Int = 5_000_000, queuedMessagesOfApp: Int = 500_000,
            webhookCallsPerSecond: Double = 25
        ) {
            self.bodyBytes = bodyBytes
            self.queuedMessages = queuedMessages
            self.queuedMessagesOfApp = queuedMessagesOfApp
            self.webhookCallsPerSecond = webhookCallsPerSecond
        }

        var queue: QueueLimits { QueueLimits(all: queuedMessages, own: queuedMessagesOfApp) }
    }

    package func addRoutes(to router: Router<PeerContext>) {
        addMiddleware(to: router)
        let projects = ProjectRoutes(router, below: Self.routesRoot, desk: desk)
        addMessageRoutes(to: projects)
        AppRoutes(registry: registry, messages: store.messages, ids: ids, figures: App.Figures(limits))
            .addRoutes(to: projects)
        WebhookRoutes(registry: registry, ids: ids).addRoutes(to: projects)
        addResourceRoutes(to: projects, ProjectRoutes(router, below: "v2/projects/:project/", desk: desk))
        DescriptionRoute<ConversationError>(
            "/openapi/conversation.yaml", yaml: PackageResources.conversation_yaml
        ).addRoutes(to: router)
    }

    /// What comes before all routes of this API, and of the one beside it.
    func addMiddleware(to router: Router<PeerContext>) {
        router.add(middleware: RequestCounting(below: Self.root, telemetry: telemetry))
        router.add(
            middleware: UnclaimedPaths(answer: ConversationError(.noSuchPath)) { path in
                path.hasPrefix(Self.root) || path.hasPrefix(Self.newerRoot)
            })
    }

    private static let root = "/v1/projects/"
    /// Templates are there too.
    private static let newerRoot = "/v2/projects/"
    /// What the paths of routes begin with.
    static let routesRoot = "v1/projects/:project/"
}
