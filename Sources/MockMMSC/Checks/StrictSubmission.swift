import HTTPTypes
import MM7

/// A submission as an MMSC that forgives nothing reads it, from the HTTP headers down to the sources in the
/// presentation. What was read before a violation stays, for the answer.
struct StrictSubmission {
    private(set) var transactionID: String?
    private(set) var namespace: String?
    private(set) var request: StrictSubmitReq?
    private(set) var leaves: [StrictPart] = []

    mutating func read(_ bytes: ArraySlice<UInt8>, headers: HTTPFields, vaspID: String?) throws(Violation) {
        let type = try Self.type(headers)
        let parts = try StrictPart.split(bytes, type, of: "the message")
        guard let soap = parts.first, soap.type.type == "text/xml" else {
            throw Violation(.messageFormatCorrupt, "the first part is not text/xml")
        }
        guard type.parameters["start"] == "<\(soap.contentID)>" else {
            throw Violation(.messageFormatCorrupt, "the start of the message is not its first part")
        }
        let envelope = try StrictEnvelope(try soap.decoded)
        transactionID = envelope.transactionID
        namespace = envelope.namespace
        guard envelope.operation.name == "SubmitReq" else {
            throw Violation(.unsupportedOperation, "\(envelope.operation.name) is not supported")
        }
        let request = try StrictSubmitReq(envelope.operation, vaspID: vaspID)
        self.request = request
        guard let contentID = request.contentID else {
            throw Violation(.validationError, "Content is missing")
        }
        guard parts.count == 2, parts[1].contentID == contentID else {
            throw Violation(.messageFormatCorrupt, "Content does not name the one other part of the message")
        }
        leaves = try StrictContent(parts[1]).leaves
    }

    /// `multipart/related` with all its parameters, of an announced length. (RFC 2387, 3)
    private static func type(_ headers: HTTPFields) throws(Violation) -> StrictHeaderValue {
        guard headers[.contentLength] != nil, headers[.transferEncoding] == nil else {
            throw Violation(.messageFormatCorrupt, "there is no Content-Length")
        }
        let type = try StrictHeaderValue(headers[.contentType], of: "the message")
        guard type.type == "multipart/related" else {
            throw Violation(.messageFormatCorrupt, "the message is not multipart/related")
        }
        guard type.parameters["type"] == "text/xml" else {
            throw Violation(.messageFormatCorrupt, "the type parameter of the message is not text/xml")
        }
        return type
    }
}
