package import CurlHTTP
import FoundationEssentials
package import GatewayCore

/// A customers' API of the gateway of this machine, called as its customers do.
package struct LocalAPI: Sendable {
    let url: String
    private let authorization: String
    private let client: HTTPClient

    /// - Parameter url: where customers call, without a slash at the end.
    package init(url: String, token: Secret, client: HTTPClient) {
        self.init(url: url, authorization: "Bearer \(token.reveal())", client: client)
    }

    /// - Parameter url: where customers call, without a slash at the end.
    package init(url: String, key: Project.AccessKey, client: HTTPClient) {
        let login = Data("\(key.id):\(key.secret.reveal())".utf8).base64EncodedString()
        self.init(url: url, authorization: "Basic \(login)", client: client)
    }

    private init(url: String, authorization: String, client: HTTPClient) {
        self.url = url
        self.authorization = authorization
        self.client = client
    }

    /// - Throws: `SendFailure` where there is no answer.
    func call(_ method: HTTPMethod, _ path: String, _ body: [UInt8]? = nil) async throws -> HTTPResponse {
        var request = HTTPRequest(method: method, url: url + path)
        request.headers = ["Authorization": authorization]
        request.timeout = .seconds(30)
        if let body {
            request.headers.append(name: "Content-Type", value: "application/json")
            request.body = [body[...]]
        }
        do {
            return try await client.send(request)
        } catch {
            throw SendFailure(
                error.kind == .connectionFailed
                    ? "the gateway is not running: nobody listens at \(url)" : "the gateway did not answer: \(error)")
        }
    }

    /// - Throws: `SendFailure` for what is no answer of a gateway.
    func read<Body: Decodable>(_ type: Body.Type, from response: HTTPResponse) throws -> Body {
        do {
            return try JSONDecoder().decode(type, from: Data(response.body))
        } catch {
            throw SendFailure("\(url) answers \(response.status), but not as a gateway does")
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
