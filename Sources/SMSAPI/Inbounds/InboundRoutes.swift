import CustomerServing
import GatewayCore
import Hummingbird

/// `/inbounds`
struct InboundRoutes: Sendable {
    let store: any InboundReader
    let writer: InboundWriter

    /// `GET /inbounds?page=…&page_size=…&to=…&start_date=…&end_date=…&client_reference=…`
    func list(_ call: PlanCall) async throws -> APIResponse {
        let page = try call.page()
        let (from, until) = try call.window()
        let filter = InboundFilter(
            recipients: call.queryNumbers("to"), from: from, until: until,
            reference: call.query.text("client_reference"))
        let inbounds = try await store.inbounds(of: call.owner, matching: filter, page: page)
        return try await ListResponse(
            "inbounds", inbounds, page, byteCount: { 1024 + ($0.text?.utf8.count ?? 0) + $0.media.count * 512 },
            element: { [writer] inbound in writer.body(of: inbound) }
        ).response(to: call)
    }

    /// `GET /inbounds/{inbound_id}`
    func read(_ call: PlanCall) async throws -> APIResponse {
        let id = try call.inboundID()
        guard let inbound = try await store.inbound(id, of: call.owner) else { throw SMSAPIError.noSuchInbound(id) }
        return APIResponse(json: writer.body(of: inbound))
    }
}
