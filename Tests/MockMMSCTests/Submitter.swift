import CurlHTTP
import MM7

/// Posts submissions over real HTTP and reads the answers.
struct Submitter {
    let client: HTTPClient
    let url: String
    var credentials: BasicCredentials?
    var authentication = HTTPRequest.Authentication.basic

    init(to url: String) throws {
        client = try HTTPClient()
        self.url = url
    }

    func submit(_ submission: SampleSubmission = SampleSubmission()) async throws -> (status: Int, envelope: Envelope) {
        try await post(try submission.encoded())
    }

    func post(_ message: EncodedMessage) async throws -> (status: Int, envelope: Envelope) {
        let response = try await exchange(message)
        let type = response.headers.first(named: "Content-Type")
        return (response.status, try MessageReader().read(response.body, contentType: type).envelope)
    }

    /// For an answer that need not be MM7.
    func exchange(_ message: EncodedMessage) async throws -> HTTPResponse {
        var request = HTTPRequest(method: .post, url: url)
        request.headers = ["Content-Type": message.contentType, "SOAPAction": "\"\""]
        request.body = message.segments
        request.credentials = credentials
        request.authentication = authentication
        return try await client.send(request)
    }
}
