import CurlHTTP
package import GatewayCore

/// Why an object is not in its bucket. The texts name neither keys nor content.
package enum UploadFailure: Error, Equatable, Sendable {
    /// The same upload may succeed later.
    case temporary(PeerText)
    /// The storage refuses this upload itself.
    case refused(PeerText)
    /// The bucket does not exist, is elsewhere, or takes nothing.
    case bucket(PeerText)
    /// The access key is unknown, wrong or may not write.
    case key(PeerText)

    /// All codes.
    static let codes = 1...3

    /// The code for customers: 1 for the upload, 2 for the bucket, 3 for its key.
    package var code: Int {
        switch self {
        case .temporary, .refused: 1
        case .bucket: 2
        case .key: 3
        }
    }

    var isTemporary: Bool {
        if case .temporary = self { true } else { false }
    }
}

extension UploadFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .temporary(let text), .refused(let text), .bucket(let text), .key(let text): text.description
        }
    }
}

extension UploadFailure {
    /// What an answer means; nil where the object was stored.
    init?(_ response: HTTPResponse) {
        guard !(200..<300).contains(response.status) else { return nil }
        let error = StorageError.code(in: response.body)
        let text = PeerText("the storage answered \(response.status)" + (error.map { " \($0)" } ?? ""))
        self =
            switch (response.status, error) {
            case (_, let error?) where Self.temporaryErrors.contains(error): .temporary(text)
            case (_, let error?) where Self.bucketErrors.contains(error): .bucket(text)
            // This is about the clocks, not about the key.
            case (403, "RequestTimeTooSkewed"), (403, "RequestExpired"): .refused(text)
            case (408, _), (429, _), (500..., _): .temporary(text)
            // A redirect leads to another region. 404 means the bucket, since an object to be written need not exist.
            case (300..<400, _), (404, _): .bucket(text)
            case (401, _), (403, _): .key(text)
            default: .refused(text)
            }
    }

    /// The failure of a request without an answer.
    init(_ failure: HTTPFailure) {
        switch failure.kind {
        case .invalidURL, .invalidRequest, .responseTooLarge: self = .refused(PeerText(failure.message))
        default: self = .temporary(PeerText(failure.message))
        }
    }

    /// Temporary errors, which some implementations send with 400 or 409.
    private static let temporaryErrors: Set = [
        "InternalError", "OperationAborted", "RequestTimeout", "ServiceUnavailable", "SlowDown", "Throttling",
        "ThrottlingException",
    ]

    /// Errors about the bucket, which come with 400 and 403 among others; a wrong region is
    /// AuthorizationHeaderMalformed.
    private static let bucketErrors: Set = [
        "AllAccessDisabled", "AuthorizationHeaderMalformed", "InvalidBucketName", "InvalidRegion", "NoSuchBucket",
        "PermanentRedirect", "QuotaExceeded",
    ]
}

/// The error body of S3: `<Error><Code>NoSuchBucket</Code>…`.
enum StorageError {
    /// Its code, of at most 64 letters and digits. It is searched for without parsing: only one word of a known form is
    /// needed, and an XML reader here would be a second owner of libxml2. Without such a word the status decides.
    static func code(in body: [UInt8]) -> String? {
        let mark = Array("<Code>".utf8)
        let head = body.prefix(searchedBytes)
        guard let start = head.indices.first(where: { head[$0...].starts(with: mark) }) else { return nil }
        let rest = head[(start + mark.count)...]
        let word = rest.prefix { isLetterOrDigit($0) }
        guard (1...64).contains(word.count), rest.dropFirst(word.count).first == UInt8(ascii: "<") else { return nil }
        return String(decoding: word, as: UTF8.self)
    }

    private static func isLetterOrDigit(_ octet: UInt8) -> Bool {
        let scalar = Unicode.Scalar(octet)
        return scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
    }

    private static let searchedBytes = 4096
}
