import CustomerServing
import FoundationEssentials
import GatewayCore
import HTTPServing

/// Who calls this API and is called by it: a service plan, or a project that no plan names. Such a project has a plan
/// under its own id with nothing but defaults.
struct Plan: APICaller {
    let id: String
    let customer: Customer
    /// Whether a text batch goes out as an MMS of text alone; else it is refused.
    let sendsTextAsMMS: Bool
    /// Whether placeholders of a subject are filled in too.
    let hasSubjectParameters: Bool

    init(_ plan: ServicePlan) {
        id = plan.id
        customer = plan.customer
        sendsTextAsMMS = plan.sendsTextAsMMS
        hasSubjectParameters = plan.hasSubjectParameters
    }

    /// The plan of a project: it sends as the first of its apps that has a sender, and receives nothing, for its apps
    /// do that.
    init(of project: Project) {
        id = project.id
        var customer = Customer(.servicePlan(project.id))
        customer.defaultOriginator = project.apps.lazy.compactMap(\.defaultSender).first
        self.customer = customer
        sendsTextAsMMS = false
        hasSubjectParameters = false
    }

    var owner: Owner { customer.owner }

    var requestsPerSecond: Double? { customer.requestsPerSecond }

    var keptAnswersOwner: Owner? { owner }
}

extension Directory {
    /// The plan of that id, or that of a project which no plan names.
    func plan(_ id: String) -> Plan? {
        if let plan = servicePlans[id] { return Plan(plan) }
        guard let project = projects[id], servicePlan(naming: id) == nil else { return nil }
        return Plan(of: project)
    }

    /// The plan that a project's access tokens open: the one that names the project, else one of its own.
    fileprivate func plan(of project: Project) -> Plan? {
        servicePlan(naming: project.id).map { Plan($0) } ?? plan(project.id)
    }

    /// The plan that a path names, if the credentials open it: its own token under its id, or an access token of the
    /// project under the project's id.
    ///
    /// - Throws: `tokenExpired`, or `unauthorized`; an unknown plan looks like a wrong token.
    func plan(_ id: String, with authorization: Authorization, now: Date) throws(CallRefusal) -> Plan {
        guard case .bearer(let token) = authorization, Access.isName(id) else { throw .unauthorized }
        if let project = try Access(self).project(id, openedBy: token, now: now), let plan = plan(of: project) {
            return plan
        }
        guard let plan = servicePlans[id], plan.accepts(token: token) else { throw .unauthorized }
        return Plan(plan)
    }
}
