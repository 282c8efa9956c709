package import CustomerServing
package import GatewayCore
package import HTTPServing
package import Hummingbird
package import Logging
package import Telemetry

/// The SMS REST API as its SDKs know it, below `/xms/v1/{plan}`: MMS batches and what became of them.
package struct SMSAPI: Sendable {
    let store: StoreRoles
    let directory: CurrentDirectory
    let clock: any DomainClock
    let ids: ULIDGenerator
    let inspector: any MediaInspector
    let links: (any MediaLinks)?
    let resources: CallResources
    let limits: Limits
    let telemetry: Telemetry
    let logger: Logger

    /// - Parameters:
    ///   - inspector: looks at the media of those who ask for strict validation.
    ///   - links: to the media of what came in; nil where nothing is hosted.
    ///   - resources: those of all customers' APIs.
    package init(
        store: StoreRoles, directory: CurrentDirectory, clock: any DomainClock, ids: ULIDGenerator,
        inspector: any MediaInspector, links: (any MediaLinks)? = nil, resources: CallResources,
        limits: Limits = Limits(), telemetry: Telemetry = .none, logger: Logger
    ) {
        self.logger = logger
        self.telemetry = telemetry
        self.store = store
        self.directory = directory
        self.clock = clock
        self.ids = ids
        self.inspector = inspector
        self.links = links
        self.resources = resources
        self.limits = limits
    }

    /// What one request may cost; limits that the API documents are fixed and not here.
    package struct Limits: Sendable {
        /// A batch for 1,000 numbers with a long value for each is about 2 MB.
        package var bodyBytes: Int
        /// The most messages of all customers that wait for an MMSC.
        package var queuedMessages: Int

        package init(bodyBytes: Int = 4 << 20, queuedMessages: Int = 5_000_000) {
            self.bodyBytes = bodyBytes
            self.queuedMessages = queuedMessages
        }
    }

    package func addRoutes(to router: Router<PeerContext>) {
        router.add(middleware: RequestCounting(below: "/xms/", telemetry: telemetry))
        let noSuchPath = SMSAPIError.refused(.noSuchPath)
        router.add(middleware: UnclaimedPaths(answer: noSuchPath) { $0.hasPrefix("/xms/") })
        DescriptionRoute<SMSAPIError>("/openapi/sms.yaml", yaml: PackageResources.sms_yaml).addRoutes(to: router)
        let plans = CustomerRoutes(router, below: "xms/v1/:plan/", desk: desk)
        let intake = BatchIntake(
            groupStore: store.groups, directory: directory, ids: ids, inspector: inspector,
            queueLimit: limits.queuedMessages)
        let batches = BatchRoutes(batches: store.batches, reader: store.reader, intake: intake, telemetry: telemetry)
        let dryRun = DryRunRoute(groups: store.groups, intake: intake)
        let feedback = FeedbackRoute(batches: store.batches, reader: store.reader)
        let reports = ReportRoutes(reader: store.reader, fates: store.fates)
        let inbounds = InboundRoutes(
            store: store.inbounds, writer: InboundWriter(links: links, clock: clock))
        let groups = GroupRoutes(store: store.groups, ids: ids)
        let tags = TagRoutes(batches: store.batches, reader: store.reader, groups: store.groups)

        plans.on("batches", [.post: batches.send, .get: batches.list])
        plans.on("batches/dry_run", [.post: dryRun.run])
        plans.on(
            "batches/:batch",
            [.get: batches.read, .post: batches.update, .put: batches.replace, .delete: batches.cancel])
        plans.on("batches/:batch/delivery_feedback", [.post: feedback.take])
        plans.on("batches/:batch/delivery_report", [.get: reports.ofBatch])
        plans.on("batches/:batch/delivery_report/:recipient", [.get: reports.ofRecipient])
        plans.on(
            "batches/:batch/tags",
            [.get: tags.ofBatch, .put: tags.replaceOfBatch, .post: tags.updateOfBatch])
        plans.on("delivery_reports", [.get: reports.list])
        plans.on("inbounds", [.get: inbounds.list])
        plans.on("inbounds/:inbound", [.get: inbounds.read])
        plans.on("groups", [.post: groups.create, .get: groups.list])
        plans.on(
            "groups/:group",
            [.get: groups.read, .post: groups.update, .put: groups.replace, .delete: groups.delete])
        plans.on("groups/:group/members", [.get: groups.members])
        plans.on(
            "groups/:group/tags",
            [.get: tags.ofGroup, .put: tags.replaceOfGroup, .post: tags.updateOfGroup])
    }

    /// The desk, which admits the plan that the path names.
    private var desk: Desk<SMSAPIError, Plan> {
        Desk(
            store: store.answers, clock: clock, bodyLimitBytes: limits.bodyBytes, resources: resources, logger: logger
        ) { [directory] request, context, now throws(CallRefusal) in
            try directory.now.plan(context.pathParameter("plan"), with: request.authorization, now: now)
        }
    }
}
