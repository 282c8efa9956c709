import FoundationEssentials
package import GatewayCore
package import HTTPServing
import HTTPTypes
package import Hummingbird
package import Logging
import MM7

/// Where MMSCs post what became of our messages: `POST /mm7/{mmsc name}`. (TS 23.140, 8.7)
///
/// Every answer is a well-formed MM7 response, also to nonsense, and a 1000 leaves only after the commit that makes it
/// true. `Finding` says what a post was, `Answer` what is said to it; here is only the way between them.
package struct MM7Endpoint: Sendable {
    private let store: any Store
    private let directory: CurrentDirectory
    private let clock: any WallClock
    private let bodyLimitBytes: Int
    private let reader: MessageReader
    private let logger: Logger

    package init(
        store: any Store, directory: CurrentDirectory, clock: any WallClock = SystemClock(), bodyLimitBytes: Int,
        logger: Logger
    ) {
        self.store = store
        self.directory = directory
        self.clock = clock
        self.bodyLimitBytes = bodyLimitBytes
        var limits = ReadingLimits()
        limits.messageBytes = bodyLimitBytes
        self.reader = MessageReader(limits: limits)
        self.logger = logger
    }

    package func addRoutes(to router: Router<PeerContext>) {
        router.post("/mm7/:mmsc") { request, context in
            let mmsc = directory.now.mmscs[context.pathParameter("mmsc")]
            let finding = try await finding(request, from: context, at: mmsc)
            finding.log(to: logger, mmsc: mmsc?.name)
            return Response(Answer(to: finding), profile: mmsc?.profile ?? .standard)
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

    /// Finds out what a post is and, for a report, brings it to the store.
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
            let envelope = try reader.read(bytes, contentType: request.headers[.contentType]).envelope
            guard case .deliveryReportReq(let report) = envelope.body else { return .notTaken(envelope) }
            return .report(envelope, await apply(report, from: mmsc))
        } catch {
            return .unreadable(error)
        }
    }

    private func apply(_ report: DeliveryReportReq, from mmsc: MMSC) async -> Result<ReportResult, StoreFailure> {
        do throws(StoreFailure) {
            return .success(try await store.apply(DeliveryReport(report), from: mmsc.name, now: clock.now()))
        } catch {
            return .failure(error)
        }
    }
}
