package import GatewayCore
package import HTTPServing
import HTTPTypes
package import Hummingbird

/// `POST /oauth2/token`: an access key's id and secret for a bearer token. (RFC 6749, 4.4)
package struct TokenRoute: Sendable {
    private let directory: CurrentDirectory
    private let clock: any DomainClock
    private let random: RandomSource

    package init(directory: CurrentDirectory, clock: any DomainClock, random: RandomSource = .system) {
        self.random = random
        self.directory = directory
        self.clock = clock
    }

    package func addRoutes(to router: Router<PeerContext>) {
        router.post("/oauth2/token") { request, _ in
            do {
                let form = FormFields(try await request.bytes(upTo: 16 << 10))
                return try response(to: form, of: request)
            } catch let refusal as TokenRefusal {
                return refusal.response
            } catch is BodyTooLarge {
                return TokenRefusal.badRequest("the form is too large").response
            }
        }
        for method in HTTPRequest.Method.known where method != .post {
            router.on("/oauth2/token", method: method) { _, _ in TokenRefusal.wrongMethod.response }
        }
    }

    private func response(to form: FormFields, of request: Request) throws(TokenRefusal) -> Response {
        guard let (id, secret) = Self.client(form, of: request), let (project, key) = key(id, secret: secret) else {
            throw .unknownClient
        }
        guard let grant = form["grant_type"] else { throw .badRequest("grant_type is missing") }
        guard grant == "client_credentials" else { throw .unsupportedGrant }
        let token = AccessToken(for: key, of: project, now: clock.now(), random: random)
        var response = Response(
            json: TokenBody(
                accessToken: token.text, expiresIn: Int(AccessToken.life.components.seconds) - 1,
                scope: form["scope"] ?? "", tokenType: "bearer"))
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// HTTP Basic, or the two members of the form, which says that it is one: the listener knows those who guess by that.
    /// (RFC 6749, 2.3.1)
    private static func client(_ form: FormFields, of request: Request) -> (id: Substring, secret: Substring)? {
        if case .basic(let id, let secret) = request.authorization { return (id, secret) }
        guard request.hasMediaType("application/x-www-form-urlencoded") else { return nil }
        guard let id = form["client_id"], let secret = form["client_secret"] else { return nil }
        return (id[...], secret[...])
    }

    /// An access key belongs to one project.
    private func key(_ id: Substring, secret: Substring) -> (Project, Project.AccessKey)? {
        for project in directory.now.projects.values {
            if let key = project.accessKey(id, secret: secret) { return (project, key) }
        }
        return nil
    }
}

private struct TokenBody: Encodable {
    let accessToken: String
    let expiresIn: Int
    let scope: String
    let tokenType: String

    enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case expiresIn = "expires_in"
        case scope
        case tokenType = "token_type"
    }
}
