package import Hummingbird

/// A router for the requests to certain host names, on a server that has another for all the others.
package struct HostedRouter {
    let router: Router<PeerContext>
    let isMeant: @Sendable (_ host: String) -> Bool

    /// - Parameter isMeant: whether a host name is one of these, as the client wrote it: with a port where it has one,
    ///   in letters of any case. Asked for each request, it costs no more than a look.
    package init(_ router: Router<PeerContext>, where isMeant: @escaping @Sendable (_ host: String) -> Bool) {
        self.router = router
        self.isMeant = isMeant
    }
}

/// Takes a request to the router of its host.
struct HostResponder: HTTPResponder {
    typealias Context = PeerContext

    private let others: RouterResponder<PeerContext>
    private let hosted: (responder: RouterResponder<PeerContext>, isMeant: @Sendable (_ host: String) -> Bool)?

    /// - Parameters:
    ///   - router: for the requests to all other hosts.
    ///   - hosted: nil where one router has all hosts.
    init(_ router: Router<PeerContext>, _ hosted: HostedRouter?) {
        others = router.buildResponder()
        self.hosted = hosted.map { ($0.router.buildResponder(), $0.isMeant) }
    }

    func respond(to request: Request, context: PeerContext) async throws -> Response {
        // The authority is the field Host.
        if let hosted, let host = request.head.authority, hosted.isMeant(host) {
            return try await hosted.responder.respond(to: request, context: context)
        }
        return try await others.respond(to: request, context: context)
    }
}
