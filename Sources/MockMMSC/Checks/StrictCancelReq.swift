import HTTPTypes
import MM7

/// A CancelReq as an MMSC that forgives nothing reads it. (TS 23.140, 8.7.2 and annex L)
struct StrictCancelReq {
    let version: String
    let messageID: String

    private static let order = [
        "MM7Version", "SenderIdentification", "MessageID", "ApplicID", "ReplyApplicID", "AuxApplicInfo",
    ]

    /// - Parameter vaspID: the known VASPID; nil accepts any.
    init(_ element: StrictElement, headers: HTTPFields, vaspID: String?) throws(Violation) {
        guard headers[.contentLength] != nil, headers[.transferEncoding] == nil else {
            throw Violation(.messageFormatCorrupt, "there is no Content-Length")
        }
        try StrictSubmitReq.checkOrder(of: element, Self.order)
        try StrictSubmitReq.checkNamespaces(of: element)
        version = try StrictSubmitReq.version(of: element)
        _ = try StrictSubmitReq.sender(element.child("SenderIdentification"), vaspID: vaspID)
        guard let messageID = element.child("MessageID")?.text, !messageID.isEmpty else {
            throw Violation(.validationError, "MessageID is missing")
        }
        self.messageID = messageID
    }
}
