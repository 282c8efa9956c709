import CurlHTTP
import GatewayCore

extension Bucket {
    /// A signed request for one object.
    ///
    /// - Parameter hash: SHA-256 of the body, 64 hexadecimal digits in lower case; the storage compares.
    func request(_ method: HTTPMethod, _ key: String, contentHash hash: String) -> HTTPRequest {
        var request = HTTPRequest(method: method, url: url(of: key))
        request.headers = ["X-Amz-Content-Sha256": hash]
        request.signature = AWSSignature(
            region: region, service: "s3", accessKeyID: accessKeyID, secretAccessKey: secretAccessKey.reveal())
        request.trust = trust
        request.timeout = timeout
        request.responseLimitBytes = Self.answerLimitBytes
        return request
    }

    /// The limit of an error's XML; an object that was taken or removed has no body.
    static let answerLimitBytes = 64 << 10
}
