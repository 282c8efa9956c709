import GatewayCore
package import HTTPServing
package import HTTPTypes
package import Hummingbird

/// Routes of a customers' API below one path.
package struct CustomerRoutes<Fault: APIFault, Caller: APICaller> {
    private let router: Router<PeerContext>
    private let root: String
    private let desk: Desk<Fault, Caller>

    /// - Parameter root: what all paths begin with, and the slash behind it: `v1/projects/:project/`.
    package init(_ router: Router<PeerContext>, below root: String, desk: Desk<Fault, Caller>) {
        self.router = router
        self.root = root
        self.desk = desk
    }

    /// Adds a path with its methods; any other method is refused with the list of these.
    package func on(_ path: String, _ actions: [HTTPRequest.Method: Desk<Fault, Caller>.Action]) {
        let allowed = actions.keys.map(\.rawValue).sorted().joined(separator: ", ")
        let refuse: Desk<Fault, Caller>.Action = { _ in throw CallRefusal.methodNotAllowed(allowed: allowed) }
        for method in HTTPRequest.Method.known {
            let action = actions[method] ?? refuse
            router.on(RouterPath(root + path), method: method) { [desk] request, context in
                try await desk.respond(to: request, context, with: action)
            }
        }
    }
}
