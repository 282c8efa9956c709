package import FoundationEssentials
package import GatewayCore
package import HTTPServing
package import Hummingbird
package import Logging
import Telemetry

/// What comes before every call of a customers' API, and what becomes of its failures: only those pass who may call, no
/// faster than agreed; a repeat gets its first answer, and every failure is answered in the API's form.
package struct Desk<Fault: APIFault, Caller: APICaller>: Sendable {
    package typealias Action = @Sendable (CustomerCall<Caller>) async throws -> APIResponse
    /// Finds the caller in whose name a request is made, if its credentials allow that.
    package typealias Admission =
        @Sendable (Request, PeerContext, _ now: Date) throws(CallRefusal) -> Caller

    private let admission: Admission
    private let store: any AnswerStore
    private let clock: any DomainClock
    private let bodyLimitBytes: Int
    private let resources: CallResources
    private let logger: Logger
    private let limiter = RateLimiter()
    private let idempotencyLock = KeyedLock()
    private let outage = OutageWatch()

    /// - Parameters:
    ///   - bodyLimitBytes: the limit of one request.
    ///   - resources: those of all customers' APIs.
    package init(
        store: any AnswerStore, clock: any DomainClock, bodyLimitBytes: Int, resources: CallResources, logger: Logger,
        admission: @escaping Admission
    ) {
        self.store = store
        self.clock = clock
        self.bodyLimitBytes = bodyLimitBytes
        self.resources = resources
        self.logger = logger
        self.admission = admission
    }

    package func respond(
        to request: Request, _ context: PeerContext, with action: Action
    ) async throws -> Response {
        do {
            return try await carryOut(request, context, action).response
        } catch let fault as Fault {
            return fault.response
        } catch let refusal as CallRefusal {
            return Fault(refusal).response
        } catch let fault as MalformedRequest {
            return Fault(.malformed(fault)).response
        } catch let error as BodyTooLarge {
            return Fault(.bodyTooLarge(limitBytes: error.limitBytes)).response
        } catch is NoMemoryForBody {
            return Fault(.noMemory).response
        } catch let failure as StoreFailure {
            log(failure, context.trace)
            return Fault(CallRefusal(failure)).response
        }
        // Any other error is the end of the connection in the middle of a body, which the server handles.
    }

    private func carryOut(_ request: Request, _ context: PeerContext, _ action: Action) async throws -> APIResponse {
        let sinceHead = Stopwatch()
        let now = clock.now()
        let caller = try admission(request, context, now)
        context.note?.comes(from: caller.id)
        if let rate = caller.requestsPerSecond,
            let wait = limiter.refusal(of: caller.id, perSecond: rate, now: now)
        {
            throw CallRefusal.tooManyRequests(retryAfterSeconds: wait)
        }
        let share = resources.bodyMemory.share(of: caller.id)
        // Held until the answer, because all that is made of the body lives until then.
        defer { share.leave() }
        let body = try await request.bytes(upTo: bodyLimitBytes, in: share, waiting: memoryPatience)
        context.note?.read(bytes: body.count)
        let owner = caller.keptAnswersOwner
        let key = owner == nil ? nil : try IdempotencyKey(request, body: body)
        let call = CustomerCall(
            caller: caller, request: request, context: context, query: QueryParameters(request.uri.query), now: now,
            sinceHead: sinceHead, body: body, resources: resources, idempotencyKey: key)
        guard let key, let owner else { return try await action(call) }
        return try await idempotencyLock.withLock(on: caller.id + "\n" + key.text) {
            if let kept = try await store.keptAnswer(to: key.text, of: owner, now: now) {
                return try key.response(kept)
            }
            let response = try await action(call)
            // A call that changes something has kept its answer in the same commit. A repeat of a call that changes
            // nothing may be answered anew, so it is not refused when the store fails to keep the answer.
            if let kept = call.keptAnswer(response) {
                do throws(StoreFailure) { try await store.keep(kept) } catch { log(error, context.trace) }
            }
            return response
        }
    }

    /// Logs why a call failed: the caller reads only that it failed, and the operator can do something about it.
    private func log(_ failure: StoreFailure, _ trace: Trace?) {
        if case .busy = failure { return }
        var metadata: Logger.Metadata = ["error": "\(failure)"]
        if let trace { metadata["request_id"] = "\(trace.requestID)" }
        // What is wrong with one request is logged each time, what is wrong with the disk now and then.
        if failure.mayPass {
            guard let unlogged = outage.failed() else { return }
            if unlogged > 0 { metadata["others_before"] = .stringConvertible(unlogged) }
        }
        logger.error("A request failed in the store", metadata: metadata)
    }
}

/// How long a call waits for memory that other bodies have.
private let memoryPatience = Duration.seconds(2)
