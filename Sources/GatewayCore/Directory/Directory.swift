/// Who is who: the customers, the MMSCs and the way from one to the other, as the configuration says at this moment.
package struct Directory: Sendable {
    /// By their ids; a project is one too, under the project's id.
    package var servicePlans: [String: ServicePlan]
    package var projects: [String: Project]
    package var mmscs: [String: MMSC]
    package var routes: Routes
    /// Rises with every reload, so that what was worked out from an earlier directory can be told apart.
    package internal(set) var generation = 0

    /// Whom a plan sends as when a request does not say: its own default, else that of its account at the MMSC that
    /// carries the first number.
    package func defaultOriginator(of plan: ServicePlan, to numbers: [MSISDN]) -> Originator? {
        plan.defaultOriginator
            ?? numbers.first.flatMap(routes.carriers)?.names.first.flatMap { mmscs[$0]?.defaultSender }
    }

    package init(
        servicePlans: [ServicePlan] = [], projects: [Project] = [], mmscs: [MMSC] = [], routes: Routes = Routes([])
    ) {
        let plans = servicePlans + projects.compactMap { $0.servicePlan(among: servicePlans) }
        self.servicePlans = Dictionary(plans.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.projects = Dictionary(projects.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.mmscs = Dictionary(mmscs.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.routes = routes
    }
}

extension Directory {
    /// The plan that a project's access tokens open: the one that names the project, else one of its own.
    package func servicePlan(ofProject id: String) -> ServicePlan? {
        servicePlans.values.filter { $0.project == id }.min { $0.id < $1.id }
            ?? (projects[id] == nil ? nil : servicePlans[id])
    }
}

extension Project {
    /// A project that no plan names sends under its own id, with the sender of its first account. No token opens it.
    fileprivate func servicePlan(among plans: [ServicePlan]) -> ServicePlan? {
        guard !plans.contains(where: { $0.project == id || $0.id == id }) else { return nil }
        return ServicePlan(id: id, apiTokens: [], defaultOriginator: apps.lazy.compactMap(\.defaultSender).first)
    }
}
