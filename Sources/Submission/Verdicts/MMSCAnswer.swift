import ContentCoding
import CurlHTTP
import MM7

/// The answer of an MMSC in an exchange, or as much of it as arrived and can be read.
///
/// The exchange shows which request it answers, not the TransactionID in it: some MMSCs write one of their own, and all
/// write another one in a fault about a request that they could not read. (TS 23.140, 8.7.8.1, and what MMSCs do)
struct MMSCAnswer: Sendable {
    /// Nil where nothing can be read.
    let envelope: Envelope?
    /// The body as it came, or what unpacking it gave.
    let body: [UInt8]
    let httpStatus: Int
    let retryAfter: Duration?
    /// Whether it was not well formed and could be read only after a repair.
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

    /// Makes an answer of what arrived before the transfer failed; nil unless that says what became of the request.
    ///
    /// A message that was taken, but whose MessageID did not arrive, counts as unanswered: no report could be matched
    /// with it.
    init?(_ failure: HTTPFailure, to request: Operation) {
        guard let response = failure.response else { return nil }
        self.init(response, to: request)
        guard let envelope, let status = envelope.status else {
            // The HTTP status of an incomplete page, if it is not one of success, says as much as the whole page would.
            if (200..<300).contains(httpStatus) { return nil }
            return
        }
        if case .submitRsp(let submitted) = envelope.body, status.code.isSuccess, submitted.messageID == nil {
            return nil
        }
    }

    /// Whether it has another TransactionID than the request that it answers. Some MMSCs leave the TransactionID out.
    func names(anotherThan transactionID: String) -> Bool {
        envelope?.transactionID.map { $0 != transactionID } ?? false
    }
}

extension HTTPResponse {
    /// The seconds of `Retry-After`. A date is ignored: the back-off serves as well. (RFC 9110, 10.2.3)
    fileprivate var retryAfter: Duration? {
        headers.first(named: "Retry-After").flatMap { Int($0) }.map { .seconds(max(0, min($0, 86_400))) }
    }
}
