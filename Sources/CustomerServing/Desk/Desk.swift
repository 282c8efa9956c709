import FoundationEssentials
import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird
import Logging
import Telemetry

/// What comes before every call of a plan, and what becomes of its failures: only the plan's own tokens pass, no faster
/// than it may, a repeat gets its first answer, and every failure leaves in the API's form.
struct PlanDesk: Sendable {
    private let directory: CurrentDirectory
    private let store: any Store
    private let clock: any DomainClock
    private let bodyLimitBytes: Int
    private let room: BodyRoom
    private let logger: Logger
    private let limiter = RateLimiter()
    private let turns = KeyTurns()
    private let heavyWork = HeavyWork()
    private let outage = OutageWatch()

    init(
        directory: CurrentDirectory, store: any Store, clock: any DomainClock, limits: SMSAPI.Limits, logger: Logger
    ) {
        self.logger = logger
        self.directory = directory
        self.store = store
        self.clock = clock
        bodyLimitBytes = limits.bodyBytes
        room = BodyRoom(.requestMemory, limitBytes: limits.memoryBytes, deadlines: Deadlines())
    }

    func respond(
        to request: Request, _ context: PeerContext, with action: PlanRoutes.Action
    ) async throws -> Response {
        do {
            return try await answer(to: request, context, with: action).response
        } catch let error as SMSAPIError {
            return error.response
        } catch let error as BodyTooLarge {
            return SMSAPIError.bodyTooLarge(limitBytes: error.limitBytes).response
        } catch is NoRoomForBody {
            return SMSAPIError.noRoom.response
        } catch let failure as StoreFailure {
            tell(of: failure)
            return SMSAPIError(failure).response
        }
        // What else is thrown is the connection's end in the middle of a body, which is the server's to handle.
    }

    /// For memory that other bodies have.
    private static let roomPatience = Duration.seconds(2)

    /// The customer reads that it failed; only the operator can do something about why.
    private func tell(of failure: StoreFailure) {
        if case .busy = failure { return }
        var metadata: Logger.Metadata = ["error": "\(failure)"]
        // What is wrong with one request is told each time, what is wrong with the disk now and then.
        if failure.mayPass {
            guard let untold = outage.failed() else { return }
            if untold > 0 { metadata["others_before"] = "\(untold)" }
        }
        logger.error("A request failed in the store", metadata: metadata)
    }

    private func answer(
        to request: Request, _ context: PeerContext, with action: PlanRoutes.Action
    ) async throws -> Answer {
        let sinceHead = Stopwatch()
        let now = clock.now()
        let plan = try PlanAccess(directory.now).plan(of: request, named: context.pathParameter("plan"), now: now)
        if let rate = plan.requestsPerSecond, let wait = limiter.refusal(of: plan.id, perSecond: rate, now: now) {
            throw SMSAPIError.tooManyRequests(retryAfterSeconds: wait)
        }
        let share = room.share(of: plan.id)
        // Until the answer, for all that is made of the body goes with it.
        defer { share.leave() }
        let body = try await request.bytes(upTo: bodyLimitBytes, in: share, waiting: Self.roomPatience)
        let repetition = try Repetition(request, body: body)
        let call = PlanRequest(
            plan: plan, request: request, context: context, now: now, sinceHead: sinceHead, body: body,
            heavyWork: heavyWork, repetition: repetition)
        guard let repetition else { return try await action(call) }
        return try await turns.turn(of: plan.id + "\n" + repetition.key) {
            if let kept = try await store.keptAnswer(to: repetition.key, of: call.owner, now: now) {
                return try repetition.answer(kept)
            }
            let answer = try await action(call)
            // What changes something has kept its answer in the same commit. Of what changes nothing a repeat may be
            // answered anew, so a store that does not keep that is no reason to refuse it.
            if let kept = call.keptAnswer(answer) {
                do throws(StoreFailure) { try await store.keep(kept) } catch { tell(of: error) }
            }
            return answer
        }
    }
}
