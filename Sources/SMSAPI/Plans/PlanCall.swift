import CustomerServing
import FoundationEssentials
import GatewayCore
import HTTPServing

/// A call of the API in the name of a plan.
typealias PlanCall = CustomerCall<Plan>

/// What the paths say.
extension CustomerCall<Plan> {
    var plan: Plan { caller }

    var owner: Owner { plan.owner }

    func batchID() throws(MalformedRequest) -> Batch.ID { try pathID("batch_id", at: "batch") }

    func groupID() throws(MalformedRequest) -> Group.ID { try pathID("group_id", at: "group") }

    func inboundID() throws(MalformedRequest) -> Inbound.ID { try pathID("inbound_id", at: "inbound") }

    /// The number in the path.
    func recipient() throws(MalformedRequest) -> MSISDN {
        try MSISDN(context.pathParameter("recipient"), member: "recipient_msisdn")
    }
}

/// What the queries of lists say.
extension CustomerCall<Plan> {
    /// `page` and `page_size`.
    func page(sizes: ClosedRange<Int> = 1...100) throws(MalformedRequest) -> Page {
        Page(
            number: try query.integer("page", in: 0...Int.max) ?? 0,
            size: try query.integer("page_size", in: sizes) ?? 30)
    }

    /// `start_date`, by default a day ago, and `end_date`.
    func window() throws(MalformedRequest) -> (from: Date, until: Date?) {
        let from = try query.time("start_date") ?? now + .seconds(-24 * 3600)
        return (from, try query.time("end_date"))
    }

    /// The numbers of a filter in the form they are stored in; a short code or a name stays as it is.
    func queryNumbers(_ name: String) -> Set<String> {
        Set(query.values(name).map { Originator($0)?.text ?? $0 })
    }
}
