import GatewayCore
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// What a server does before and after every route. A body in an encoding that nobody here decodes is refused before a
/// route takes it for something else. (RFC 9110, 15.5.16) An error answer without a body, as for a path that no route
/// has, gets one in JSON, because clients stumble over a missing or foreign type. An answer to HEAD loses its own: its
/// bytes would be taken for the next answer. (RFC 9110, 9.3.2) An answer in pieces gets them no faster than the peer
/// takes them. Whoever guesses credentials waits for the answer.
struct FallbackResponder<Inner: HTTPResponder>: HTTPResponder where Inner.Context == PeerContext {
    typealias Context = PeerContext

    let inner: Inner
    let listener: Listener
    let brake: GuessBrake
    let connections: Connections

    func respond(to request: Request, context: PeerContext) async throws -> Response {
        guard !request.isEncoded else {
            await request.passBody()
            return refused(.encodedBody, context)
        }
        var context = context
        if listener.identity?.asksForCertificates ?? false {
            context.hasClientCertificate = connections.hasCertificate(context.channel)
        }
        var response = try await inner.respond(to: request, context: context)
        if response.status == .unauthorized, let form = request.credentialForm, !response.challengesTheHolder {
            listener.onWrongCredentials(form, context.peer)
            await holdBack(context)
        }
        guard request.method != .head else { return response.createHeadResponse() }
        guard response.status.code >= 400, response.headers[.contentType] == nil else {
            let isLong = response.body.contentLength.map { $0 > Self.pieceBytes } ?? true
            if isLong, connections.entry(of: context.channel) != nil {
                response.body = response.body.paced(by: context.channel.eventLoop)
            }
            return response
        }
        var spoken = Response(status: response.status, json: FallbackBody(response.status))
        spoken.headers.append(contentsOf: response.headers.filter { $0.name != .contentLength })
        return spoken
    }

    private func refused(_ refusal: RequestRefusal, _ context: PeerContext) -> Response {
        listener.onRefusal(refusal, context.peer)
        let form = listener.refusalForm
        var response = Response(status: refusal.status, contentType: form.contentType, bytes: form.bytes(refusal))
        response.headers[.acceptEncoding] = "identity"
        return response
    }

    /// The connection counts as silent meanwhile, so that it keeps nobody else out.
    private func holdBack(_ context: PeerContext) async {
        guard let peer = context.peer else { return }
        let delay = brake.delay(of: peer.network, now: listener.clock.now)
        guard delay > .zero else { return }
        connections.entry(of: context.channel)?.becomesSilent()
        let clock = listener.clock
        // It ends within this function, which awaits it; a task of its own, so that the end of the stream can cancel it.
        let wait = Task { try await clock.sleep(until: clock.now + delay) }
        // A stream has this one request and can be reset for nothing: what waits for the peer then would be without a
        // bound. A connection of HTTP/1.1 has one request at a time.
        if context.channel.isStream {
            context.channel.closeFuture.whenComplete { _ in wait.cancel() }
        }
        // A cancelled task answers at once, and a server that stops gives its answers before it does.
        await withTaskCancellationOrGracefulShutdownHandler {
            _ = await wait.result
        } onCancelOrGracefulShutdown: {
            wait.cancel()
        }
    }

    /// What is written at once; smaller answers need no pacing.
    private static var pieceBytes: Int { 64 << 10 }
}

extension Channel {
    /// The parent of a stream is its connection, that of a connection the listening socket.
    fileprivate var isStream: Bool { parent?.parent != nil }
}

extension Request {
    /// Whether the body is compressed or encoded, and so is not what its media type says.
    fileprivate var isEncoded: Bool {
        headers[values: .contentEncoding].contains { value in
            value.split(separator: ",").contains { coding in
                !Self.noCodings.contains(coding.filter { $0 != " " && $0 != "\t" }.lowercased())
            }
        }
    }

    /// The words for no encoding, and what some clients write there by mistake: a charset, a transfer encoding.
    private static var noCodings: Set<String> {
        ["", "identity", "none", "utf-8", "utf8", "us-ascii", "iso-8859-1", "binary", "7bit", "8bit", "aws-chunked"]
    }
}

/// The body of an error for which no route has one.
struct FallbackBody: Encodable {
    let code: String
    let text: String

    init(_ status: HTTPResponse.Status, text: String? = nil) {
        code = status.reasonPhrase.lowercased().map { $0.isLetter ? String($0) : "_" }.joined()
        self.text = text ?? (status == .notFound ? "There is nothing at this path" : status.reasonPhrase)
    }
}
