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
    private let bodyLimitBytes: Int
    private let reader: MessageReader
    private let telemetry: Telemetry
    private let logger: Logger
    private let intake: InboundIntake
    private let outage = OutageWatch()

    /// - Parameter library: keeps the media of what handsets send.
    package init(
        store: any Store, library: MediaLibrary, directory: CurrentDirectory, clock: any WallClock = SystemClock(),
        ids: ULIDGenerator, bodyLimitBytes: Int, unknownRecipients: UnknownRecipients = .refuse,
        telemetry: Telemetry = .none, logger: Logger
    ) {
        self.store = store
        self.directory = directory
        self.clock = clock
        self.bodyLimitBytes = bodyLimitBytes
        intake = InboundIntake(
            store: store, library: library, directory: directory, clock: clock, ids: ids,
            unknownRecipients: unknownRecipients)
        var limits = ReadingLimits()
        limits.messageBytes = bodyLimitBytes
        self.reader = MessageReader(limits: limits)
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
        let bytes: [UInt8]
        do {
            bytes = try await request.bytes(upTo: bodyLimitBytes)
        } catch let error as BodyTooLarge {
            return .tooLarge(limitBytes: error.limitBytes)
        }
        do {
            var reader = reader
            reader.strictness = mmsc.strictness
            let message = try reader.read(bytes, contentType: request.headers[.contentType])
            let envelope = message.envelope
            switch envelope.body {
            case .deliveryReportReq(let report):
                return .report(envelope, await apply(DeliveryReport(report, by: mmsc.reading), from: mmsc))
            case .readReplyReq(let reply):
                return .report(envelope, await apply(DeliveryReport(reply), from: mmsc))
            case .deliverReq(let delivery):
                return .inbound(envelope, await intake.take(delivery, of: message, at: mmsc))
            default:
                return .notTaken(envelope)
            }
        } catch {
            return .unreadable(error)
        }
    }

    private func apply(_ report: DeliveryReport, from mmsc: MMSC) async -> Result<ReportResult, StoreFailure> {
        do throws(StoreFailure) {
            return .success(try await store.apply(report, from: mmsc.name, now: clock.now()))
        } catch {
            return .failure(error)
        }
    }
}
