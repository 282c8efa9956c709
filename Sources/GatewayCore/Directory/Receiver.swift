/// Somebody who gets a copy of what handsets send to a number.
package struct Receiver: Sendable {
    package let owner: Owner
    /// Whom the SMS REST API tells; nil for an app.
    package let plan: ServicePlan?

    init(_ plan: ServicePlan) {
        owner = .servicePlan(plan.id)
        self.plan = plan
    }

    init(_ app: Project.App, of project: Project) {
        owner = .app(app.id, project: project.id)
        plan = nil
    }

    /// Whether a webhook tells it. What apps get is kept for them until they have an API.
    package var isTold: Bool { plan?.callbackURL != nil }
    /// Whether its media goes into a bucket of its own.
    package var hasBucket: Bool { plan?.storage != nil }
}

extension Directory {
    /// Those whose number or short code this is: the plan that has it, and the app that has it. Where a plan names the
    /// app's project, that plan stands for the app.
    package func receivers(at number: String) -> [Receiver] {
        let plan = servicePlans.values.filter { $0.numbers.contains(number) }.min { $0.id < $1.id }
        var receivers = plan.map { [Receiver($0)] } ?? []
        for project in projects.values.sorted(by: { $0.id < $1.id }) {
            guard let app = project.apps.first(where: { $0.numbers.contains(number) }) else { continue }
            let receiver = planNaming(project).map(Receiver.init) ?? Receiver(app, of: project)
            if !receivers.contains(where: { $0.owner == receiver.owner }) { receivers.append(receiver) }
        }
        return receivers
    }

    private func planNaming(_ project: Project) -> ServicePlan? {
        servicePlans.values.filter { $0.project == project.id }.min { $0.id < $1.id }
    }
}
