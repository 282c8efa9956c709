import FoundationEssentials
package import GatewayCore
package import HTTPServing
import HTTPTypes
package import Hummingbird
package import Logging
import MM7
package import Media
package import Telemetry

/// Where MMSCs post what became of our messages, and what handsets send: `POST /mm7/{mmsc name}`. (TS 23.140, 8.7)
///
/// Every answer is a well-formed MM7 response, also to nonsense, and a 1000 leaves only after the commit that makes it
/// true. `Finding` says what a post was, `Answer` what is said to it; here is only the way between them.
package struct MM7Endpoint: Sendable {
    private let store: any Store
    private let directory: CurrentDirectory
    private let clock: any WallClock
    private let limits: Limits
    private let room: BodyRoom
    private let deadlines = Deadlines()
    private let reader: MessageReader
    private let telemetry: Telemetry
    private let logger: Logger
    private let intake: InboundIntake
    private let outage = OutageWatch()

    /// What a post may take of the gateway.
    package struct Limits: Sendable {
        /// Of one body.
        package var bodyBytes: Int
        /// Of all bodies at once and what is decoded of them, small ones apart.
        package var memoryBytes: Int
        /// How long an MMSC waits for an answer when it has posted all: the wait for memory is in it, the time that the
        /// body takes is not.
        package var patience: Duration

        package init(
            bodyBytes: Int = 10 << 20, memoryBytes: Int = 256 << 20, patience: Duration = .seconds(8)
        ) {
            self.bodyBytes = bodyBytes
            self.memoryBytes = memoryBytes
            self.patience = patience
        }
    }

    /// - Parameter library: keeps the media of what handsets send.
    package init(
        store: any Store, library: MediaLibrary, directory: CurrentDirectory, clock: any WallClock = SystemClock(),
        ids: ULIDGenerator, limits: Limits, unknownRecipients: UnknownRecipients = .refuse,
        telemetry: Telemetry = .none, logger: Logger
    ) {
        self.store = store
        self.directory = directory
        self.clock = clock
        self.limits = limits
        room = BodyRoom(limitBytes: limits.memoryBytes, deadlines: deadlines)
        intake = InboundIntake(
            store: store, library: library, directory: directory, clock: clock, ids: ids,
            unknownRecipients: unknownRecipients)
        var readingLimits = ReadingLimits()
        readingLimits.messageBytes = limits.bodyBytes
        self.reader = MessageReader(limits: readingLimits)
        self.telemetry = telemetry
        self.logger = logger
    }

    package func addRoutes(to router: Router<PeerContext>) {
        router.post("/mm7/:mmsc") { request, context in
            let sinceHead = Stopwatch()
            let mmsc = directory.now.mmscs[context.pathParameter("mmsc")]
            let finding = try await finding(request, from: context, at: mmsc)
            finding.log(to: logger, mmsc: mmsc?.name, outage: outage)
            let response = Response(Answer(to: finding), profile: mmsc?.profile ?? .standard)
            // What is posted under a name that is none of ours has no MMSC to be counted at.
            if let mmsc { finding.record(in: telemetry.mmsc(mmsc.name), after: sinceHead.elapsed) }
            return response
        }
        // Some aggregators probe the URL with GET or HEAD before they use it.
        for method in [HTTPRequest.Method.get, .head, .put, .patch, .delete, .options] {
            router.on("/mm7/:mmsc", method: method) { _, _ in
                Response(Answer(to: .wrongMethod), profile: .standard)
            }
        }
        // A URL with a typing error deserves an answer that its MMSC can read as well.
        for path in ["/", "/**", "/mm7", "/mm7/:mmsc/**"] as [RouterPath] {
            router.post(path) { _, _ in Response(Answer(to: .unknownMMSC), profile: .standard) }
        }
    }

    /// Finds out what a post is and brings it to the store.
    ///
    /// - Throws: When the peer goes away while it posts.
    private func finding(_ request: Request, from context: PeerContext, at mmsc: MMSC?) async throws -> Finding {
        guard let mmsc else { return .unknownMMSC }
        if let refusal = mmsc.callback.refusal(ofPeer: context.peer, authorization: request.headers[.authorization]) {
            return .refused(refusal)
        }
        let begun = ContinuousClock.now
        let share = room.share(of: mmsc.name)
        let bytes: [UInt8]
        do {
            bytes = try await request.bytes(upTo: limits.bodyBytes, in: share, waiting: limits.patience / 2)
        } catch let error as BodyTooLarge {
            return .tooLarge(limitBytes: error.limitBytes)
        } catch is NoRoomForBody {
            return .noRoom
        }
        let deadline = max(begun + limits.patience, .now + limits.patience / 2)
        let message: ReceivedMessage
        do throws(MM7Error) {
            var reader = reader
            reader.strictness = mmsc.strictness
            // Consumed, or the body would stay as long as this function waits for the disk.
            var read = try reader.read(consume bytes, contentType: request.headers[.contentType])
            read.copySmallParts()
            message = read
        } catch {
            return .unreadable(error)
        }
        switch message.envelope.body {
        case .deliveryReportReq(let report):
            return await apply(DeliveryReport(report, by: mmsc.reading), from: mmsc, message, share, by: deadline)
        case .readReplyReq(let reply):
            return await apply(DeliveryReport(reply), from: mmsc, message, share, by: deadline)
        case .deliverReq(let delivery):
            let outcome = await deadlines.outcome(by: deadline) { [intake] in
                defer { share.leave() }
                return await intake.take(delivery, of: message, at: mmsc)
            }
            return .inbound(message.envelope, outcome ?? .failed(Self.late))
        default:
            return .notTaken(message.envelope)
        }
    }

    /// The share is held until the end, also where that comes after the answer.
    private func apply(
        _ report: DeliveryReport, from mmsc: MMSC, _ message: ReceivedMessage, _ share: BodyRoom.Share,
        by deadline: ContinuousClock.Instant
    ) async -> Finding {
        let now = clock.now()
        let result = await deadlines.outcome(by: deadline) { [store] in
            defer { share.leave() }
            do throws(StoreFailure) {
                return Result<ReportResult, StoreFailure>.success(
                    try await store.apply(report, from: mmsc.name, now: now))
            } catch {
                return .failure(error)
            }
        }
        return .report(message.envelope, result ?? .failure(.unavailable(Self.late)))
    }

    /// It may be kept all the same: a repetition is known then.
    private static let late = "it was not on the disk while the MMSC still waits for an answer"
}
