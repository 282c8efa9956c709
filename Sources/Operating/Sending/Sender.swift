package import CurlHTTP
import FoundationEssentials
package import GatewayCore
import HTTPServing

/// Calls the gateway's own REST API as a customer does.
package struct Sender: Sendable {
    let url: String
    let plan: String
    let token: Secret
    let client: HTTPClient

    /// - Parameter url: where customers call, without a slash at the end.
    package init(url: String, plan: String, token: Secret, client: HTTPClient) {
        self.url = url
        self.plan = plan
        self.token = token
        self.client = client
    }

    /// Posts the batch and returns its id.
    package func send(_ body: SendBody) async throws -> String {
        let response = try await call(.post, "", JSONText.bytes(of: body))
        guard response.status == 201 else { throw SendFailure(refused: response) }
        return try read(Taken.self, from: response).id
    }

    /// The report of a batch when it is final, or as it is at the deadline.
    package func report(on batch: String, within timeout: Duration) async throws -> SentReport {
        let deadline = ContinuousClock.now + timeout
        while true {
            let response = try await call(.get, "/\(batch)/delivery_report?type=summary")
            guard response.status == 200 else { throw SendFailure(refused: response) }
            let report = try read(SentReport.self, from: response)
            guard !report.isFinal, .now < deadline else { return report }
            try await Task.sleep(for: .milliseconds(250))
        }
    }

    /// Why the message to a recipient ended as it did, in the words of its report; nil where there are none.
    ///
    /// - Parameter recipient: the number as it was given to `send`.
    package func reason(to recipient: String, in batch: String) async throws -> String? {
        let digits = recipient.filter { $0.isASCII && $0.isNumber }
        let response = try await call(.get, "/\(batch)/delivery_report/\(digits)")
        // A group has no report of its own.
        guard response.status == 200 else { return nil }
        return try read(Reason.self, from: response).text
    }

    private func call(_ method: HTTPMethod, _ path: String, _ body: [UInt8]? = nil) async throws -> HTTPResponse {
        var request = HTTPRequest(method: method, url: "\(url)/xms/v1/\(plan)/batches\(path)")
        request.headers = ["Authorization": "Bearer \(token.reveal())"]
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

    private func read<Body: Decodable>(_ type: Body.Type, from response: HTTPResponse) throws -> Body {
        do {
            return try JSONDecoder().decode(type, from: Data(response.body))
        } catch {
            throw SendFailure("\(url) answers \(response.status), but not as a gateway does")
        }
    }

    private struct Reason: Decodable {
        let text: String?

        enum CodingKeys: String, CodingKey {
            case text = "status_message"
        }
    }

    private struct Taken: Decodable {
        let id: String
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
