import CustomerServing
import FoundationEssentials
import GatewayCore
import HTTPServing

/// From what a client asks for to what is allowed and goes to the store.
struct BatchIntake: Sendable {
    let groupStore: any GroupStore
    let directory: CurrentDirectory
    let ids: ULIDGenerator
    let inspector: any MediaInspector
    let queueLimit: Int

    /// Members of groups become messages with the routes of this moment.
    var expansion: Expansion { Expansion(routes: directory.now.routes, ids: ids) }

    /// The submittal of a request, if it is well formed and the plan may send it.
    ///
    /// - Parameters:
    ///   - old: the batch that is changed; media that was looked at for it is not fetched again.
    ///   - isDryRun: whether nothing will be sent: no webhook is called, and the media is not fetched.
    /// - Throws: first what is malformed (400), then what is not allowed (403), last what the media lacks (400).
    func submittal(
        of request: BatchRequest, for call: PlanCall, changing old: Batch? = nil, isDryRun: Bool = false
    ) async throws -> Submittal {
        let directory = directory.now
        let submittal = try await call.inTurn { try request.submittal(for: call.plan, in: directory, now: call.now) }
        try await checkGroups(of: submittal)
        if !isDryRun, !submittal.order.interest.isEmpty, submittal.order.callbackURL == nil,
            call.plan.customer.webhooks.isEmpty
        {
            throw SMSAPIError.missingCallbackURL
        }
        guard request.type == .media || (request.type == .text && call.plan.sendsTextAsMMS) else {
            throw SMSAPIError.unsupportedType(request.type.rawValue)
        }
        let content = submittal.order.content
        guard !isDryRun, content.isStrict else { return submittal }
        let known = old.map { $0.order.content.isStrict ? $0.order.content.media : [] } ?? []
        for medium in content.media where !known.contains(medium) {
            // The look through a file takes some milliseconds.
            let fault = await aside { await inspector.fault(inMediaAt: medium.url, of: submittal.owner) }
            if let fault {
                throw MalformedRequest.violation(at: "body.url", "\(fault)")
            }
        }
        return submittal
    }

    private func checkGroups(of submittal: Submittal) async throws {
        let groups = submittal.order.groups
        guard !groups.isEmpty else { return }
        let known = try await groupStore.knownGroups(among: groups, of: submittal.owner)
        if let unknown = groups.first(where: { !known.contains($0) }) { throw SMSAPIError.unknownGroup(unknown) }
        let limit = Expansion.limit
        let numbers = try await groupStore.expand(groups, of: submittal.owner, limit: limit + 1)
        guard numbers.count + Set(submittal.numbers).subtracting(numbers).count <= limit else {
            throw MalformedRequest.violation(
                at: "to", "the numbers and the groups are more than \(limit) numbers together")
        }
    }
}
