import ContentCoding
import CurlHTTP
import MM7

/// What an MMSC said in an exchange, or as much of it as came and can be read.
///
/// The exchange says whose answer it is, not the TransactionID in it: some MMSCs write one of their own, and all write
/// another one in a fault to what they could not read. (TS 23.140, 8.7.8.1, and what MMSCs do)
struct MMSCAnswer: Sendable {
    /// Nil where nothing can be read.
    let envelope: Envelope?
    /// As it came, or what comes out of it.
    let body: [UInt8]
    let httpStatus: Int
    let retryAfter: Duration?
    /// Whether it was not well formed.
    let isRepaired: Bool

    /// Far more than any SubmitRsp or fault with details.
    static let limitBytes = 256 << 10

    /// - Parameter request: SubmitReq or CancelReq.
    init(_ response: HTTPResponse, to request: Operation) {
        let contentType = response.headers.first(named: "Content-Type")
        body = Self.unpacked(response.body)
        let message = try? MessageReader().readAnswer(body, contentType: contentType, to: request)
        envelope = message?.envelope
        isRepaired = message?.repair != nil
        httpStatus = response.status
        retryAfter = response.retryAfter
    }

    /// The octets without gzip around them, which some proxies forget to name.
    private static func unpacked(_ body: [UInt8]) -> [UInt8] {
        switch ContentCoding.gzip.decode(body, limitBytes: limitBytes) {
        case .whole(let bytes), .broken(let bytes): bytes
        case .tooLarge, .foreign: body
        }
    }

    /// What came before the transfer failed, if that says what became of the request.
    ///
    /// A message that was taken under a name that did not come is as good as unanswered: no report would ever find it.
    init?(_ failure: HTTPFailure, to request: Operation) {
        guard let response = failure.response else { return nil }
        self.init(response, to: request)
        guard let envelope, let status = envelope.status else {
            // A page with another HTTP status than that of success says as much as a whole one.
            if (200..<300).contains(httpStatus) { return nil }
            return
        }
        if case .submitRsp(let submitted) = envelope.body, status.code.isSuccess, submitted.messageID == nil {
            return nil
        }
    }

    /// Whether it names another request than the one that it answers. Some MMSCs leave the TransactionID out.
    func names(anotherThan transactionID: String) -> Bool {
        envelope?.transactionID.map { $0 != transactionID } ?? false
    }
}

extension HTTPResponse {
    /// Seconds of `Retry-After`; a date is not worth the trouble, since the back-off serves as well. (RFC 9110, 10.2.3)
    fileprivate var retryAfter: Duration? {
        headers.first(named: "Retry-After").flatMap { Int($0) }.map { .seconds(max(0, min($0, 86_400))) }
    }
}
