/// The keys with which libcurl signs a request by AWS Signature Version 4. Its descriptions show neither key.
///
/// libcurl 7.88 (Debian 12) signs the path as it stands in the URL, `Host`, `X-Amz-Date` and every field of `headers`,
/// in an order that holds as long as no name is the beginning of another. Of the body it signs what the request says in
/// `X-Amz-Content-Sha256`, which S3 wants of every request and that version does not add by itself.
package struct AWSSignature: Sendable, Hashable {
    package var region: String
    /// The name of the service, such as `s3`.
    package var service: String
    package var accessKeyID: String
    package var secretAccessKey: String

    package init(region: String, service: String, accessKeyID: String, secretAccessKey: String) {
        self.region = region
        self.service = service
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
    }

    /// The text for libcurl: the scheme's provider, the prefix of its headers, the region and the service.
    var provider: String { "aws:amz:\(region):\(service)" }
}

extension AWSSignature: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "AWSSignature(***)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
