import FoundationEssentials
import GatewayCore

/// From what a client asks for to what is allowed and goes to the store.
struct BatchIntake: Sendable {
    let store: any Store
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
    ///   - isDryRun: whether nothing will be sent: nobody is told, and the media is not fetched.
    /// - Throws: first what is malformed (400), then what is not allowed (403), last what the media lacks (400).
    func submittal(
        of wish: BatchRequest, for call: PlanRequest, changing old: Batch? = nil, isDryRun: Bool = false
    ) async throws -> Submittal {
        let directory = directory.now
        let submittal = try await call.inTurn { try wish.submittal(for: call.plan, in: directory, now: call.now) }
        try await checkGroups(of: submittal)
        if !isDryRun, submittal.reporting != .none, submittal.callbackURL == nil, call.plan.callbackURL == nil {
            throw SMSAPIError.missingCallbackURL
        }
        guard wish.type == .media || (wish.type == .text && call.plan.sendsTextAsMMS) else {
            throw SMSAPIError.unsupportedType(wish.type.rawValue)
        }
        let isKnown = old?.strictValidation == true && old?.content.mediaURL == submittal.content.mediaURL
        if !isDryRun, !isKnown, submittal.strictValidation == true, let url = submittal.content.mediaURL {
            if let fault = await inspector.fault(inMediaAt: url, of: submittal.owner) {
                throw SMSAPIError.violation("'body.url': \(fault)")
            }
        }
        return submittal
    }

    private func checkGroups(of submittal: Submittal) async throws {
        let groups = submittal.groups
        guard !groups.isEmpty else { return }
        let known = try await store.knownGroups(among: groups, of: submittal.owner)
        if let unknown = groups.first(where: { !known.contains($0) }) { throw SMSAPIError.unknownGroup(unknown) }
        let limit = Expansion.limit
        let numbers = try await store.expand(groups, of: submittal.owner, limit: limit + 1)
        guard numbers.count + Set(submittal.numbers).subtracting(numbers).count <= limit else {
            throw SMSAPIError.violation("'to': the numbers and the groups are more than \(limit) numbers together")
        }
    }
}
