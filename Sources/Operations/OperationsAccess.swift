package import GatewayCore
package import HTTPServing
import HTTPTypes
import Hummingbird

/// Who may ask an operations listener: those with a name and its password, or everybody where nobody has one.
package struct OperationsAccess: Sendable {
    private let users: [(name: Secret, password: KnownSecret)]
    private let hasOpenProbes: Bool

    /// - Parameter hasOpenProbes: whether `/healthz` and `/readyz` answer everybody all the same.
    package init(users: [(name: String, password: KnownSecret)] = [], hasOpenProbes: Bool = true) {
        self.users = users.map { (Secret($0.name), $0.password) }
        self.hasOpenProbes = hasOpenProbes
    }

    /// All names and passwords are always compared, so that the time does not show which was right.
    package func permits(_ authorization: Authorization, path: String) -> Bool {
        if users.isEmpty || hasOpenProbes && Self.probes.contains(path) { return true }
        guard case .basic(let name, let password) = authorization else { return false }
        return users.reduce(false) { found, user in
            let isName = user.name.matches(name)
            let isPassword = CollectionOfOne(user.password).accept(password)
            return isName && isPassword || found
        }
    }

    private static let probes: Set<String> = ["/healthz", "/readyz"]
}

/// Stands before every path of the listener, so that one that is added later is protected by itself.
struct AccessGate: RouterMiddleware {
    typealias Context = PeerContext

    let access: @Sendable () -> OperationsAccess

    func handle(
        _ request: Request, context: PeerContext, next: (Request, PeerContext) async throws -> Response
    ) async throws -> Response {
        guard access().permits(request.authorization, path: request.uri.path) else {
            return Response(
                status: .unauthorized, headers: [.wwwAuthenticate: #"Basic realm="operations", charset="UTF-8""#])
        }
        return try await next(request, context)
    }
}
