import GatewayCore
import HTTPTypes
import SMSAPI

/// How each error of the OpenAPI file comes about.
struct Mishap: Sendable {
    struct Call: Sendable {
        var method = HTTPRequest.Method.post
        var path = "/xms/v1/shop/batches"
        var authorization: String? = "Bearer \(Face.token)"
        var type: String? = "application/json"
        var body: String?
        var key: String?
        var times = 1
    }

    let status: Int
    let call: Call
    var prepare: @Sendable (inout DescribedFace) async throws -> Void = { _ in }

    private static let batch = "/xms/v1/shop/batches/01KN6N4Q2GB4KERY5H0P0MMS02"
    private static let good = """
        {"type": "mt_media", "to": ["12025550141"], "from": "12025550100", "body": {"url": "https://a.example/1.jpg"}}
        """
    private static let bare = Call(path: "/xms/v1/bare/batches", authorization: "Bearer \(Face.bareToken)")

    static let all: [String: Mishap] = [
        "NoJSON": Mishap(status: 400, call: Call(body: "{")),
        "WrongType": Mishap(status: 400, call: Call(body: #"{"to": [7]}"#)),
        "NoNumber": Mishap(status: 400, call: Call(body: #"{"to": ["12ab"], "body": "x"}"#)),
        "NoURL": Mishap(
            status: 400, call: Call(body: #"{"type": "mt_media", "to": ["12025550141"], "body": {"message": "x"}}"#)),
        "TokenWrong": Mishap(status: 401, call: Call(authorization: nil, body: good)),
        "TokenExpired": Mishap(
            status: 401,
            call: Call(
                path: "/xms/v1/bakery-project/batches", authorization: "Bearer \(DescribedFace.expiredToken())",
                body: good)),
        "GroupUnknown": Mishap(
            status: 403, call: Call(body: good.replacing("12025550141", with: "01KN6K9D2CB4KERY5H0PGR0P09"))),
        "CallbackMissing": Mishap(
            status: 403, call: bare.with(good.replacing("{\"type", with: "{\"delivery_report\": \"full\", \"type"))),
        "TypeUnsupported": Mishap(
            status: 403, call: bare.with(#"{"to": ["12025550141"], "from": "12025550100", "body": "x"}"#)),
        "Dispatched": Mishap(status: 403, call: Call(path: batch, body: "{}")) {
            try await $0.insertBatch(isFinished: true)
        },
        "NameTaken": Mishap(status: 403, call: Call(path: "/xms/v1/shop/groups", body: #"{"name": "Easter guests"}"#)) {
            try await $0.insertGroup()
        },
        "NoBatch": Mishap(
            status: 404, call: Call(method: .get, path: "/xms/v1/shop/batches/01KN6N4Q2GB4KERY5H0P0MMS0Z")),
        "NoRecipient": Mishap(status: 404, call: Call(method: .get, path: batch + "/delivery_report/12025550199")) {
            try await $0.insertBatch(isFinished: true)
        },
        "NoInbound": Mishap(
            status: 404, call: Call(method: .get, path: "/xms/v1/shop/inbounds/01KN6P9W6VB4KERY5H0P0M0B0Z")),
        "NoGroup": Mishap(
            status: 404, call: Call(method: .get, path: "/xms/v1/shop/groups/01KN6K1A4TB4KERY5H0PGR0P0Z")),
        "MethodWrong": Mishap(status: 405, call: Call(method: .delete)),
        "KeyReused": Mishap(status: 409, call: Call(body: good, key: "once")) {
            _ = try await $0.answer(.post, "/xms/v1/shop/groups", body: "{}", key: "once")
        },
        "TooLarge": Mishap(status: 413, call: Call(body: String(repeating: " ", count: (4 << 20) + 1))),
        "NoType": Mishap(status: 415, call: Call(type: nil, body: good)),
        "TooOften": Mishap(status: 429, call: Call(body: good, times: 2)) { $0.limitRequests(perSecond: 1) },
        "Failed": Mishap(status: 500, call: Call(body: good)) { $0.face.failure = .broken("a test") },
        "StoreUnavailable": Mishap(status: 503, call: Call(body: good)) { $0.face.failure = .closed },
        "QueueFull": Mishap(status: 503, call: Call(body: good)) { $0.face.limits = SMSAPI.Limits(queuedMessages: 0) },
        "GrantMissing": Mishap(status: 400, call: token("")),
        "GrantUnsupported": Mishap(status: 400, call: token("grant_type=password")),
        "ClientUnknown": Mishap(status: 401, call: token("grant_type=client_credentials", authorization: nil)),
        "TokenMethodWrong": Mishap(status: 405, call: Call(method: .get, path: "/oauth2/token")),
    ]

    private static func token(_ form: String, authorization: String? = DescribedFace.basic) -> Call {
        Call(path: "/oauth2/token", authorization: authorization, type: "application/x-www-form-urlencoded", body: form)
    }
}

extension Mishap.Call {
    fileprivate func with(_ body: String) -> Self {
        var call = self
        call.body = body
        return call
    }
}
