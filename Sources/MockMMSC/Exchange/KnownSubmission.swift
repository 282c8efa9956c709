import HTTPTypes
import MM7

/// What is known about a submission: all of one that passed the checks, the beginning of one that did not.
struct KnownSubmission: Sendable {
    private(set) var transactionID: String?
    private(set) var namespace: String?
    private(set) var version: String?
    private(set) var sender: Address?
    private(set) var recipients: [Address] = []
    private(set) var wantsReport = false
    private var subject: String?
    private var parts: [ReceivedSubmission.Part] = []
    private let byteCount: Int

    private static let transactionIDLimitBytes = 512

    private var requestID: String?
    private var traceParent: String?

    init(byteCount: Int = 0) {
        self.byteCount = byteCount
    }

    mutating func check(
        _ body: ReceivedBody, headers: HTTPFields, _ configuration: MockMMSC.Configuration
    ) throws(Violation) {
        requestID = HTTPField.Name("X-Request-Id").flatMap { headers[$0] }
        traceParent = HTTPField.Name("traceparent").flatMap { headers[$0] }
        switch configuration.checks {
        case .strict:
            var strict = StrictSubmission()
            defer { take(strict) }
            try strict.read(body.bytes[...], headers: headers, vaspID: configuration.vaspID)
        case .light:
            let scan = try LightScan(body.bytes[...])
            transactionID = scan.transactionID
            recipients = scan.recipients
            wantsReport = true
        }
        // A million of them are remembered.
        guard (transactionID?.utf8.count ?? 0) <= Self.transactionIDLimitBytes else {
            throw .transactionID("the TransactionID is over \(Self.transactionIDLimitBytes) bytes")
        }
    }

    private mutating func take(_ strict: StrictSubmission) {
        transactionID = strict.transactionID
        namespace = strict.namespace
        version = strict.request?.version
        sender = strict.request?.sender
        recipients = strict.request?.recipients ?? []
        wantsReport = strict.request?.wantsReport ?? false
        subject = strict.request?.subject
        parts = strict.leaves.map { leaf in
            .init(contentType: leaf.type.type, contentID: leaf.contentID, byteCount: leaf.bytes.count)
        }
    }

    /// The entry for the journal.
    func received(_ outcome: ReceivedSubmission.Treatment, _ messageID: String? = nil) -> ReceivedSubmission {
        ReceivedSubmission(
            transactionID: transactionID, messageID: messageID, recipients: recipients.map(\.normalized),
            subject: subject, parts: parts, byteCount: byteCount, outcome: outcome, requestID: requestID,
            traceParent: traceParent)
    }

    /// An answer in the peer's namespace and version, as far as they are known.
    func answer(_ body: Envelope.Body) -> Envelope {
        Envelope(transactionID: transactionID, namespace: namespace, version: version, body: body)
    }
}
