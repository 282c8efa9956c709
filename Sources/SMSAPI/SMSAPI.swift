package import GatewayCore
package import HTTPServing
package import Hummingbird

/// The SMS REST API as its SDKs know it, below `/xms/v1/{plan}`: MMS batches and what became of them.
package struct SMSAPI: Sendable {
    let store: any Store
    let directory: CurrentDirectory
    let clock: any WallClock
    let ids: ULIDGenerator
    let limits: Limits

    package init(
        store: any Store, directory: CurrentDirectory, clock: any WallClock, ids: ULIDGenerator,
        limits: Limits = Limits()
    ) {
        self.store = store
        self.directory = directory
        self.clock = clock
        self.ids = ids
        self.limits = limits
    }

    /// What one request may cost; what is documented of the API itself is not up to the operator and not here.
    package struct Limits: Sendable {
        /// A batch for 1,000 numbers with a long value for each is about 2 MB.
        package var bodyBytes: Int

        package init(bodyBytes: Int = 4 << 20) {
            self.bodyBytes = bodyBytes
        }
    }

    package func addRoutes(to router: Router<PeerContext>) {
        router.add(middleware: UnclaimedPaths())
        let plans = PlanRoutes(router: router, directory: directory)
        let batches = BatchRoutes(store: store, directory: directory, clock: clock, ids: ids, limits: limits)
        let reports = ReportRoutes(store: store)

        plans.on("batches", [.post: batches.send])
        plans.on("batches/:batch", [.get: batches.read])
        plans.on("batches/:batch/delivery_report", [.get: reports.ofBatch])
        plans.on("batches/:batch/delivery_report/:recipient", [.get: reports.ofRecipient])
    }
}
