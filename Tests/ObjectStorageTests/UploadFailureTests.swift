import CurlHTTP
import Testing

@testable import ObjectStorage

@Suite("What an answer of a storage means")
struct UploadFailureTests {
    @Test("success is no failure", arguments: [200, 201, 204])
    func success(status: Int) {
        #expect(UploadFailure(HTTPResponse(status: status)) == nil)
    }

    @Test(
        "an answer is temporary, or tells of the content (1), the bucket (2) or the key (3)",
        arguments: [
            (500, "InternalError", 1, true), (502, nil, 1, true), (503, "SlowDown", 1, true), (429, nil, 1, true),
            (408, nil, 1, true), (400, "RequestTimeout", 1, true), (409, "OperationAborted", 1, true),
            (404, "NoSuchBucket", 2, false), (404, nil, 2, false), (301, "PermanentRedirect", 2, false),
            (307, "TemporaryRedirect", 2, false), (400, "AuthorizationHeaderMalformed", 2, false),
            (400, "InvalidBucketName", 2, false), (403, "QuotaExceeded", 2, false),
            (403, "AllAccessDisabled", 2, false),
            (403, "InvalidAccessKeyId", 3, false), (403, "SignatureDoesNotMatch", 3, false),
            (403, "AccessDenied", 3, false), (401, nil, 3, false), (403, nil, 3, false),
            (403, "RequestTimeTooSkewed", 1, false), (400, "EntityTooLarge", 1, false),
            (400, "XAmzContentSHA256Mismatch", 1, false), (405, nil, 1, false), (411, nil, 1, false),
        ] as [(Int, String?, Int, Bool)])
    func classes(status: Int, error: String?, code: Int, isTemporary: Bool) {
        let body = error.map { "<?xml version=\"1.0\"?>\n<Error><Code>\($0)</Code><Message>m</Message></Error>" } ?? ""

        let failure = UploadFailure(HTTPResponse(status: status, body: Array(body.utf8)))

        #expect(failure?.code == code)
        #expect(failure?.isTemporary == isTemporary)
    }

    @Test(
        "without an answer a failure is temporary, unless the request could not be made",
        arguments: [
            (.connectionFailed, true), (.unresolved, true), (.tls, true), (.timedOut, true), (.connectionLost, true),
            (.other(code: 7), true), (.invalidURL, false), (.invalidRequest, false),
        ] as [(HTTPFailure.Kind, Bool)])
    func unanswered(kind: HTTPFailure.Kind, isTemporary: Bool) {
        let failure = UploadFailure(HTTPFailure(kind: kind, requestMayHaveArrived: false, message: "m"))

        #expect(failure.code == 1 && failure.isTemporary == isTemporary)
    }

    @Test(
        "the error's code is one word, or none",
        arguments: [
            ("<Error><Code>SlowDown</Code></Error>", "SlowDown"), ("<Code></Code>", nil), ("<Code>a b</Code>", nil),
            ("<Code>Slow", nil), ("", nil), ("<Cod", nil), ("SlowDown", nil), ("<Code>\u{1B}[31m</Code>", nil),
            ("<Code>" + String(repeating: "a", count: 65) + "</Code>", nil),
            (String(repeating: " ", count: 4090) + "<Code>SlowDown</Code>", nil),
        ] as [(String, String?)])
    func codes(body: String, code: String?) {
        #expect(StorageError.code(in: Array(body.utf8)) == code)
    }
}
