/// Who is who: the customers, the MMSCs and the way from one to the other at this moment.
package struct Directory: Sendable {
    /// By their ids.
    package var servicePlans: [String: ServicePlan] {
        didSet { plansOfProjects = Self.plansOfProjects(servicePlans) }
    }
    package var projects: [String: Project] {
        didSet { ownersOfNumbers = Self.ownersOfNumbers(projects) }
    }
    package var mmscs: [String: MMSC]
    package var routes: Routes
    /// Rises with every reload, so that whatever was derived from an earlier directory can be recognised.
    package internal(set) var generation = 0
    /// Ids of the plans that name projects, by the ids of those.
    private var plansOfProjects: [String: String]
    /// The apps that have a number, one of each project at most, in the order of the projects' ids.
    private var ownersOfNumbers: [String: [(project: String, app: String)]]

    package init(
        servicePlans: [ServicePlan] = [], projects: [Project] = [], mmscs: [MMSC] = [], routes: Routes = Routes([])
    ) {
        self.servicePlans = Dictionary(servicePlans.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.projects = Dictionary(projects.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.mmscs = Dictionary(mmscs.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.routes = routes
        plansOfProjects = Self.plansOfProjects(self.servicePlans)
        ownersOfNumbers = Self.ownersOfNumbers(self.projects)
    }

    /// The plan that names a project: it stands for those of the project's apps that have no webhooks, and the project's
    /// access tokens open it.
    package func servicePlan(naming project: String) -> ServicePlan? {
        plansOfProjects[project].flatMap { servicePlans[$0] }
    }

    /// The apps that have a number, each with its project.
    func apps(at number: String) -> [(project: Project, app: Project.App)] {
        (ownersOfNumbers[number] ?? []).compactMap { owner in
            guard let project = projects[owner.project], let app = project.app(owner.app) else { return nil }
            return (project, app)
        }
    }

    private static func ownersOfNumbers(_ projects: [String: Project]) -> [String: [(project: String, app: String)]] {
        var owners: [String: [(project: String, app: String)]] = [:]
        for project in projects.values.sorted(by: { $0.id < $1.id }) {
            for app in project.apps {
                for number in app.numbers where owners[number]?.last?.project != project.id {
                    owners[number, default: []].append((project.id, app.id))
                }
            }
        }
        return owners
    }

    private static func plansOfProjects(_ plans: [String: ServicePlan]) -> [String: String] {
        Dictionary(
            plans.values.compactMap { plan in plan.project.map { ($0, plan.id) } }, uniquingKeysWith: { min($0, $1) })
    }
}
