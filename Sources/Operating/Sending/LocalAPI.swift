import CurlHTTP
import FoundationEssentials
package import GatewayCore

/// A customers' API of the gateway of this machine, called as its customers do.
package struct LocalAPI: Sendable {
    private let server: LocalServer
    private let authorization: String

    /// - Parameter server: which customers call.
    package init(_ server: LocalServer, token: Secret) {
        self.init(server, authorization: "Bearer \(token.reveal())")
    }

    /// - Parameter server: which customers call.
    package init(_ server: LocalServer, key: Project.AccessKey) {
        let login = Data("\(key.id):\(key.secret.reveal())".utf8).base64EncodedString()
        self.init(server, authorization: "Basic \(login)")
    }

    private init(_ server: LocalServer, authorization: String) {
        self.server = server
        self.authorization = authorization
    }

    /// - Throws: `SendFailure` where there is no answer.
    func call(_ method: HTTPMethod, _ path: String, _ body: [UInt8]? = nil) async throws -> HTTPResponse {
        var request = server.request(method, path)
        request.headers = ["Authorization": authorization]
        request.timeout = .seconds(30)
        if let body {
            request.headers.append(name: "Content-Type", value: "application/json")
            request.body = [body[...]]
        }
        do {
            return try await server.client.send(request)
        } catch {
            let reason =
                switch error.kind {
                case .connectionFailed: "the gateway is not running: nobody listens at \(server.url)"
                case _ where server.refusesIdentity(error):
                    "\(error): give one that its client_ca knows with --certificate and --key"
                default: "the gateway did not answer: \(error)"
                }
            throw SendFailure(reason)
        }
    }

    /// - Throws: `SendFailure` for what is no answer of a gateway.
    func read<Body: Decodable>(_ type: Body.Type, from response: HTTPResponse) throws -> Body {
        do {
            return try JSONDecoder().decode(type, from: Data(response.body))
        } catch {
            throw SendFailure("\(server.url) answers \(response.status), but not as a gateway does")
        }
    }
}

/// Why nothing was sent, or why it is not known what became of the message.
package struct SendFailure: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }

    init(refused response: HTTPResponse) {
        description = "the gateway answered \(response.status): \(String(decoding: response.body, as: UTF8.self))"
    }
}
