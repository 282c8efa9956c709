import CustomerServing
import GatewayCore

/// What an access token for a webhook's target is fetched with. (RFC 6749, 4.4)
struct ClientCredentials: Equatable, Sendable {
    let clientID: String
    let clientSecret: Secret
    /// Where tokens are made.
    let endpoint: String
    let scope: String?
    let responseType: String?
    let requestType: RequestType

    /// Where the request has its credentials.
    enum RequestType: String, CaseIterable, Sendable {
        /// In the header of HTTP Basic.
        case basic = "BASIC"
        /// In its body.
        case form = "FORM"
    }

    /// Seconds that a token may be good for.
    static let lifeRange = 30...3600
}

extension ClientCredentials: RequestBody {
    init?(_ members: RequestMembers) {
        let id = members.requiredText("client_id", atMost: AppWebhook.longestSecret)
        let secret = members.requiredText("client_secret", atMost: AppWebhook.longestSecret)
        if secret == Mask.text { members.fault(at: "client_secret", Mask.problem) }
        let endpoint = members.requiredURL("endpoint")
        scope = members.text("scope", atMost: 1024)
        responseType = members.text("response_type", atMost: 64)
        requestType = members.word("token_request_type") ?? .basic
        guard let id, let secret, let endpoint else { return nil }
        clientID = id
        clientSecret = Secret(secret)
        self.endpoint = endpoint
    }

    /// With the secret in clear.
    var json: JSONValue {
        var json: JSONValue = [
            "client_id": .string(clientID), "client_secret": .string(clientSecret.reveal()),
            "endpoint": .string(endpoint),
        ]
        json["scope"] = scope.map { .string($0) }
        json["response_type"] = responseType.map { .string($0) }
        json["token_request_type"] = .string(requestType.rawValue)
        return json
    }
}
