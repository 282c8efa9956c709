package import GatewayCore
package import HTTPServing
import HTTPTypes
package import Hummingbird
package import Logging
import MM7
package import Media
package import Telemetry
import WorkLoop

/// The endpoint where MMSCs post reports on our messages and messages from handsets: `POST /mm7/{mmsc name}`. (TS
/// 23.140, 8.7)
///
/// Every answer is a well-formed MM7 response, even to nonsense, and a 1000 is sent only after the commit that makes it
/// true. `PostResult` says what a post was and `MM7Answer` how it is answered; this type only connects them.
package struct MM7Endpoint: Sendable {
    let store: any ReportStore
    let clock: any DomainClock
    let monotonic: MonotonicClock
    let limits: Limits
    let bodyMemory: BodyMemory
    let deadlines: Deadlines
    let nonces: NonceBook
    let reader: MessageReader
    let intake: InboundIntake
    /// Nil where unreadable posts are refused.
    let keeper: UnreadableKeeper?
    /// Nil where nobody is to look at them, as in tests.
    let recentUnreadable: RecentUnreadable?
    private let directory: CurrentDirectory
    private let telemetry: Telemetry
    let log: PostLog

    /// - Parameters:
    ///   - library: keeps the media of what handsets send.
    ///   - unknownRecipients: read anew at each message.
    ///   - dataDirectory: has a folder of the newest posts that nobody could read; nil to keep none.
    package init(
        store: any ReportStore & InboundStore, library: MediaLibrary, directory: CurrentDirectory,
        clock: any DomainClock,
        monotonic: MonotonicClock = .system, ids: ULIDGenerator, random: RandomSource = .system, limits: Limits,
        unknownRecipients: @autoclosure @escaping @Sendable () -> UnknownRecipients = .refuse,
        unreadablePosts: UnreadablePosts = .refuse, dataDirectory: String? = nil,
        telemetry: Telemetry = .none, logger: Logger
    ) {
        self.store = store
        self.directory = directory
        self.clock = clock
        self.monotonic = monotonic
        self.limits = limits
        deadlines = Deadlines(clock: monotonic)
        nonces = NonceBook(clock: monotonic)
        bodyMemory = BodyMemory(.postMemory, limitBytes: limits.memoryBytes, deadlines: deadlines)
        intake = InboundIntake(
            store: store, library: library, directory: directory, clock: clock, ids: ids, random: random,
            unknownRecipients: unknownRecipients)
        keeper =
            unreadablePosts == .keep
            ? UnreadableKeeper(store: store, library: library, clock: clock, ids: ids) : nil
        recentUnreadable = dataDirectory.map {
            RecentUnreadable(dataDirectory: $0, clock: clock, monotonic: monotonic)
        }
        var readingLimits = ReadingLimits()
        readingLimits.messageBytes = limits.bodyBytes
        self.reader = MessageReader(limits: readingLimits)
        self.telemetry = telemetry
        log = PostLog(logger)
    }

    package func addRoutes(to router: Router<PeerContext>) {
        router.post("/mm7/:mmsc") { request, context in
            let sinceHead = Stopwatch()
            let mmsc = mmsc(of: context)
            if let mmsc { context.note?.comes(fromMMSC: mmsc.name) }
            let source = PostSource(
                peer: context.peer, name: PeerText(context.pathParameter("mmsc"), limit: 64), trace: context.trace)
            let result = await receive(request, from: source, at: mmsc)
            if let mmsc { result.time(in: telemetry.mmsc(mmsc.name), after: sinceHead.elapsed) }
            return Response(MM7Answer(to: result), profile: mmsc?.profile ?? .standard)
        }
        // Some aggregators probe the URL with GET or HEAD before they use it.
        for method in [HTTPRequest.Method.get, .head, .put, .patch, .delete, .options] {
            router.on("/mm7/:mmsc", method: method) { request, context in
                await request.passBody()
                let source = PostSource(peer: context.peer, name: PeerText(request.uri.path), trace: context.trace)
                let result = noted(.wrongMethod, at: mmsc(of: context), from: source)
                return Response(MM7Answer(to: result), profile: .standard)
            }
        }
        // A post to a mistyped URL also gets an answer that its MMSC can read.
        for path in ["/", "/**", "/mm7", "/mm7/:mmsc/**"] as [RouterPath] {
            router.post(path) { request, context in
                await request.passBody()
                let source = PostSource(peer: context.peer, name: PeerText(request.uri.path), trace: context.trace)
                return Response(MM7Answer(to: noted(.unknownMMSC, at: nil, from: source)), profile: .standard)
            }
        }
    }

    private func mmsc(of context: PeerContext) -> MMSC? { directory.now.mmscs[context.pathParameter("mmsc")] }

    /// Logs and counts what a post was, each once.
    func noted(_ result: PostResult, at mmsc: MMSC?, from source: PostSource) -> PostResult {
        result.log(to: log, mmsc: mmsc?.name, source: source)
        result.record(in: telemetry, mmsc: mmsc?.name)
        return result
    }
}
