import HTTPServing
import HTTPTypes
import Hummingbird

/// What a call of the API is answered when it was carried out: a status and JSON, or nothing.
struct Answer {
    let status: HTTPResponse.Status
    let body: [UInt8]

    init(status: HTTPResponse.Status = .ok, json value: some Encodable) {
        self.init(status: status, body: JSONText.bytes(of: value))
    }

    init(status: HTTPResponse.Status, body: [UInt8] = []) {
        self.status = status
        self.body = body
    }

    var response: Response {
        // Without a body there is nothing of any type: some clients parse what has one.
        guard !body.isEmpty else { return Response(status: status, headers: [.contentLength: "0"]) }
        return Response(status: status, contentType: "application/json", bytes: body)
    }
}
