import GatewayCore
import Hummingbird

/// `/inbounds`
struct InboundRoutes: Sendable {
    let store: any Store
    let writer: InboundWriter
    let answers: LongAnswers

    /// `GET /inbounds?page=…&page_size=…&to=…&start_date=…&end_date=…&client_reference=…`
    func list(_ call: PlanRequest) async throws -> Answer {
        let page = try call.page()
        let (from, until) = try call.window()
        let filter = InboundFilter(
            recipients: call.queryNumbers("to"), from: from, until: until,
            clientReference: call.queryText("client_reference"))
        let inbounds = try await store.inbounds(of: call.owner, matching: filter, page: page)
        return try await ListAnswer(
            name: "inbounds", list: inbounds, page: page,
            byteCount: { 1024 + ($0.text?.utf8.count ?? 0) + $0.media.count * 512 },
            element: { [writer] inbound in writer.body(of: inbound) }
        ).answer(for: call.owner, among: answers)
    }

    /// `GET /inbounds/{inbound_id}`
    func read(_ call: PlanRequest) async throws -> Answer {
        let id = try call.inboundID()
        guard let inbound = try await store.inbound(id, of: call.owner) else { throw SMSAPIError.noSuchInbound(id) }
        return Answer(json: writer.body(of: inbound))
    }
}
