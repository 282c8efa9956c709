import CurlHTTP
import HTTPServing

/// Sends as a service plan, by the SMS REST API.
package struct Sender: Sendable {
    private let api: LocalAPI
    private let plan: String

    /// - Parameter api: with a token of the plan.
    package init(plan: String, by api: LocalAPI) {
        self.plan = plan
        self.api = api
    }

    /// Posts the batch and returns its id.
    package func send(_ body: SendBody) async throws -> String {
        let response = try await call(.post, "", JSONText.bytes(of: body))
        guard response.status == 201 else { throw SendFailure(refused: response) }
        return try api.read(Taken.self, from: response).id
    }

    /// The report of a batch when it is final, or as it is at the deadline.
    package func report(on batch: String, within timeout: Duration) async throws -> SentReport {
        let deadline = ContinuousClock.now + timeout
        while true {
            let response = try await call(.get, "/\(batch)/delivery_report?type=summary")
            guard response.status == 200 else { throw SendFailure(refused: response) }
            let report = try api.read(SentReport.self, from: response)
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
        return try api.read(Reason.self, from: response).text
    }

    private func call(_ method: HTTPMethod, _ path: String, _ body: [UInt8]? = nil) async throws -> HTTPResponse {
        try await api.call(method, "/xms/v1/\(plan)/batches\(path)", body)
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
