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
    ///
    /// - Parameter path: `batches/:batch`; with a verb behind a colon, as `messages:send` and `contacts/:contact:merge`.
    package func on(_ path: String, _ actions: [HTTPRequest.Method: Desk<Fault, Caller>.Action]) {
        let allowed = actions.keys.map(\.rawValue).sorted().joined(separator: ", ")
        let refuse: Desk<Fault, Caller>.Action = { _ in throw CallRefusal.methodNotAllowed(allowed: allowed) }
        for path in Self.spellings(of: root + path) {
            for method in HTTPRequest.Method.known {
                let action = actions[method] ?? refuse
                router.on(RouterPath(path), method: method) { [desk] request, context in
                    try await desk.respond(to: request, context, with: action)
                }
            }
        }
    }

    /// A path as the router reads it: what begins with a colon is a parameter, and a colon after that stands for itself,
    /// which some clients write percent-encoded.
    private static func spellings(of path: String) -> [String] {
        let parts = path.pieces(at: "/").map { part -> (name: String, verb: Substring?) in
            guard part.utf8.first == UInt8(ascii: ":") else {
                let halves = part.halves(at: ":")
                return (String(halves?.0 ?? part), halves?.1)
            }
            guard let (name, verb) = part.dropFirst().halves(at: ":") else { return (String(part), nil) }
            return ("{\(name)}", verb)
        }
        let colons = parts.contains { $0.verb != nil } ? [":", "%3A", "%3a"] : [":"]
        return colons.map { colon in
            parts.map { part in part.name + (part.verb.map { colon + $0 } ?? "") }.joined(separator: "/")
        }
    }
}
