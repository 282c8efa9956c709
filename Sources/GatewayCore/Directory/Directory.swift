/// Who is who: the customers, the MMSCs and the way from one to the other, as the configuration says at this moment.
package struct Directory: Sendable {
    /// By their ids.
    package var servicePlans: [String: ServicePlan] {
        didSet { plansOfProjects = Self.plansOfProjects(servicePlans) }
    }
    package var projects: [String: Project]
    package var mmscs: [String: MMSC]
    package var routes: Routes
    /// Rises with every reload, so that whatever was derived from an earlier directory can be recognised.
    package internal(set) var generation = 0
    /// Ids of the plans that name projects, by the ids of those.
    private var plansOfProjects: [String: String]

    package init(
        servicePlans: [ServicePlan] = [], projects: [Project] = [], mmscs: [MMSC] = [], routes: Routes = Routes([])
    ) {
        self.servicePlans = Dictionary(servicePlans.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.projects = Dictionary(projects.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.mmscs = Dictionary(mmscs.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.routes = routes
        plansOfProjects = Self.plansOfProjects(self.servicePlans)
    }

    /// The plan that names a project: it stands for the project's apps, and the project's access tokens open it.
    package func servicePlan(naming project: String) -> ServicePlan? {
        plansOfProjects[project].flatMap { servicePlans[$0] }
    }

    private static func plansOfProjects(_ plans: [String: ServicePlan]) -> [String: String] {
        Dictionary(
            plans.values.compactMap { plan in plan.project.map { ($0, plan.id) } }, uniquingKeysWith: { min($0, $1) })
    }
}
