/// Who is who: the customers, the MMSCs and the way from one to the other, as the configuration says at this moment.
package struct Directory: Sendable {
    package var servicePlans: [String: ServicePlan]
    package var mmscs: [String: MMSC]
    package var routes: Routes
    /// Rises with every reload, so that what was worked out from an earlier directory can be told apart.
    package internal(set) var generation = 0

    /// Whom a plan sends as when a request does not say: its own default, else that of its account at the MMSC that
    /// carries the first number.
    package func defaultOriginator(of plan: ServicePlan, to numbers: [MSISDN]) -> Originator? {
        plan.defaultOriginator ?? numbers.first.flatMap(routes.mmsc).flatMap { mmscs[$0]?.defaultSender }
    }

    package init(servicePlans: [ServicePlan] = [], mmscs: [MMSC] = [], routes: Routes = Routes([])) {
        self.servicePlans = Dictionary(servicePlans.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.mmscs = Dictionary(mmscs.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.routes = routes
    }
}
