import FoundationEssentials
import GatewayCore
import HTTPTypes
import Hummingbird
import Spans

/// Gives each request its id and its place in a trace, and each answer the id; has the access log written.
///
/// A peer's `X-Request-Id` and `traceparent` are adopted where they are fit; an id that gives away the credentials of its
/// request is not.
struct TracedResponder<Inner: HTTPResponder>: HTTPResponder where Inner.Context == PeerContext {
    typealias Context = PeerContext

    let inner: Inner
    let listener: Listener
    let paths: LoggedPath

    func respond(to request: Request, context: PeerContext) async throws -> Response {
        let ownID = request.headers[.requestID].flatMap { request.authorization.isBetrayed(by: $0) ? nil : $0 }
        var trace = Trace(
            requestID: ownID, parent: request.headers[.traceParent],
            state: request.headers[.traceState], now: Date())
        let span = listener.spans.begin(
            HTTPRequest.Method.known.contains(request.method) ? request.method.rawValue : "HTTP", .server, in: trace)
        if let own = span.trace { trace = own }
        var context = context
        context.trace = trace
        let log = listener.access.flatMap { $0.isOn ? $0 : nil }
        guard log != nil || span.isRecording else {
            var response = try await inner.respond(to: request, context: context)
            response.headers[.requestID] = trace.requestID
            return response
        }
        let record = RequestRecord(request, context, log, span, paths, at: listener.name)
        context.note = record.note
        do {
            var response = try await inner.respond(to: request, context: context)
            response.headers[.requestID] = trace.requestID
            return record.recording(response)
        } catch {
            record.ends(status: nil, bytesOut: nil, isWhole: false)
            throw error
        }
    }
}

/// A request on its way to its line in the access log, and to the end of its span.
private struct RequestRecord: Sendable {
    let note = RequestNote()
    private let access: Access
    private let log: AccessLog?
    private let span: WorkSpan
    private let paths: LoggedPath
    private let path: String
    private let authorization: Authorization
    private let context: PeerContext
    private let server: String
    private let announced: Int?
    private let begin = ContinuousClock.now

    init(
        _ request: Request, _ context: PeerContext, _ log: AccessLog?, _ span: WorkSpan, _ paths: LoggedPath,
        at server: String
    ) {
        access = Access(
            method: request.method.rawValue, requestID: context.trace?.requestID ?? "", peer: context.peer)
        self.paths = paths
        path = request.uri.path
        authorization = request.authorization
        announced = request.headers[.contentLength].flatMap { Int($0) }
        self.log = log
        self.span = span
        self.context = context
        self.server = server
    }

    /// The response, after whose last octet the request has its line. One that is in memory has it at once.
    func recording(_ response: Response) -> Response {
        let status = response.status.code
        if let length = response.body.contentLength, length <= Self.shortBytes {
            ends(status: status, bytesOut: length, isWhole: true)
            return response
        }
        var response = response
        let body = response.body
        response.body = ResponseBody(contentLength: body.contentLength) { writer in
            let count = OctetCount()
            do {
                try await body.write(CountingWriter(inner: writer, count: count))
                ends(status: status, bytesOut: count.value, isWhole: true)
            } catch {
                ends(status: status, bytesOut: count.value, isWhole: false)
                throw error
            }
        }
        return response
    }

    func ends(status: Int?, bytesOut: Int?, isWhole: Bool) {
        var access = access
        access.note = note.content
        // The route is known once the router had the request: its template, with no name of a customer's in it.
        let route = context.endpointPath
        access.path = paths.text(path, route: route, isKnown: status != 401, authorization)
        if access.note.bytesIn == nil { access.note.bytesIn = announced }
        access.status = status
        access.bytesOut = bytesOut
        access.isWhole = isWhole
        access.duration = begin.duration(to: .now)
        log?.log(access, at: server)
        guard span.isRecording else { return }
        if let route { span.rename("\(access.method) \(route)") }
        span.set("http.route", route)
        span.set("http.request.method", access.method)
        span.set("http.response.status_code", status)
        span.set("url.path", access.path)
        span.set("mm7.server", server)
        span.set("mm7.customer", access.note.customer)
        span.set("mm7.mmsc", access.note.mmsc)
        span.end(failed: status.map { $0 >= 500 } ?? true)
    }

    /// Answers up to this size go out at once.
    private static let shortBytes = 64 << 10
}
