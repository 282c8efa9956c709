package import Trust

/// A customer's own storage for media that handsets send: a bucket behind the API of S3.
package struct Bucket: Sendable, Hashable {
    /// The address of the storage's API, without a slash at the end: `https://s3.eu-central-1.amazonaws.com`.
    package var endpoint: String
    package var region: String
    package var name: String
    /// What every key begins with, taken as it is: `mms/`, or nothing. Letters, digits and `-._~/` alone.
    package var prefix: String
    package var accessKeyID: String
    package var secretAccessKey: Secret
    /// The beginning of the links that customers get, without a slash at the end; nil for the objects' own URLs.
    package var publicURL: String?
    /// The time for one try of an upload, from the connection to the answer.
    package var timeout: Duration
    /// How TLS is spoken with the storage; nil: with the system's authorities.
    package var trust: TLSTrust?

    package init(
        endpoint: String, region: String, name: String, prefix: String = "", accessKeyID: String,
        secretAccessKey: Secret, publicURL: String? = nil, timeout: Duration = .seconds(30)
    ) {
        self.endpoint = endpoint
        self.region = region
        self.name = name
        self.prefix = prefix
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.publicURL = publicURL
        self.timeout = timeout
    }

    /// The object's URL at the API, in the path style: every implementation knows it, and it needs no host name for
    /// each bucket.
    package func url(of key: String) -> String { "\(endpoint)/\(name)/\(key)" }

    /// The link by which a customer finds the object.
    package func link(to key: String) -> String {
        publicURL.map { "\($0)/\(key)" } ?? url(of: key)
    }
}
