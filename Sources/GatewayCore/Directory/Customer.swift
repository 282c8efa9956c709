/// Whoever sends messages and gets what handsets send, in the terms that all customers' APIs share.
package struct Customer: Sendable {
    package let owner: Owner
    /// Numbers and short codes whose inbound messages belong here.
    package var numbers: [String] = []
    /// The sender of a request that names none.
    package var defaultOriginator: Originator?
    /// Calls of the API per second; nil for no limit.
    package var requestsPerSecond: Double?
    /// Where media of its inbound messages goes; nil: the gateway keeps it and makes the links.
    package var storage: Bucket?
    /// Where events go whose batch names no address of its own.
    package var webhooks: [Webhook] = []
    /// The credentials of calls to the address that a batch names.
    package var callbackCredentials = CallbackCredentials()

    package init(_ owner: Owner) {
        self.owner = owner
    }

    /// The customer's copy of what a handset sent: a webhook is called for it, and its files go into the customer's
    /// storage.
    ///
    /// - Parameter inbound: a message that is the customer's own already.
    package func copy(_ inbound: Inbound, random: RandomSource = .system) -> InboundDelivery.Copy {
        if case .app = owner { return InboundDelivery.Copy(inbound, notifiesOwner: false, isUnread: true) }
        let hasUploads = storage != nil && !inbound.media.isEmpty
        return InboundDelivery.Copy(
            inbound, notifiesOwner: !webhooks.isEmpty, uploadToken: hasUploads ? .random(from: random) : nil)
    }
}

extension Project.App {
    /// The app as a customer. It has no webhooks here: its API knows which of them each event goes to.
    package func customer(of project: Project) -> Customer {
        var customer = Customer(.app(id, project: project.id))
        customer.numbers = numbers
        customer.defaultOriginator = defaultSender
        return customer
    }
}

extension Directory {
    /// The customer that an owner is at this moment; nil where the configuration has none any more.
    package func customer(_ owner: Owner) -> Customer? {
        switch owner {
        case .servicePlan(let id): return servicePlans[id]?.customer
        case .app(let id, let project):
            guard let project = projects[project] else { return nil }
            return project.app(id)?.customer(of: project)
        case .project: return nil
        }
    }

    /// Those whose number or short code this is, who get a copy each of what is sent to it.
    package func customers(at number: String) -> [Customer] {
        let plan = servicePlans.values.filter { $0.customer.numbers.contains(number) }.min { $0.id < $1.id }
        var customers = plan.map { [$0.customer] } ?? []
        for (project, app) in apps(at: number) {
            // An app that is notified of nothing is one of a plan's, which stands for it.
            let plan = app.webhooks.isEmpty ? servicePlan(naming: project.id)?.customer : nil
            let customer = plan ?? app.customer(of: project)
            if !customers.contains(where: { $0.owner == customer.owner }) { customers.append(customer) }
        }
        return customers
    }

    /// The storages of all customers.
    package var storages: some Sequence<Bucket> { servicePlans.values.lazy.compactMap(\.customer.storage) }

    /// The sender of a request that names none: the customer's own default, else that of its account at the MMSC that
    /// carries the first number.
    package func defaultOriginator(of customer: Customer, to numbers: [MSISDN]) -> Originator? {
        customer.defaultOriginator
            ?? numbers.first.flatMap(routes.carriers)?.names.first.flatMap { mmscs[$0]?.defaultSender }
    }
}
