import GatewayCore

/// How this API words the state of a message: a status and a code. The table of reasons in
/// `docs/life-of-a-message.md` is held to it by a test.
struct ReportStatus: Hashable, Comparable {
    let status: Status
    let code: Int

    init(_ status: Status, _ code: Int) {
        self.status = status
        self.code = code
    }

    init(_ state: MessageState) {
        self =
            switch state {
            // A message in doubt may be at the MMSC; until that is known it is reported as waiting, never as handed
            // over.
            case .queued, .submitting, .inDoubt: Self(.queued, 400)
            case .submitted: Self(.dispatched, 401)
            case .delivered: Self(.delivered, 0)
            case .expired: Self(.expired, 0)
            case .unknown: Self(.unknown, 0)
            case .cancelled: Self(.cancelled, 407)
            case .aborted(let failure), .failed(let failure), .rejected(let failure): Self(failure)
            }
    }

    /// The reason settles both, whether it was found here, at the MMSC or behind it.
    private init(_ failure: MessageState.Failure) {
        self =
            switch failure {
            case .unroutable, .refusedByMMSC, .invalidRecipient, .messageTooLarge, .badConfiguration:
                Self(.aborted, 402)
            case .internalError, .unsendable: Self(.aborted, 403)
            case .triesUsedUp, .rateLimited: Self(.aborted, 404)
            case .unmatchedParameter: Self(.aborted, 405)
            case .expiredInQueue: Self(.aborted, 406)
            case .notProvisioned: Self(.aborted, 412)
            case .senderInactive: Self(.aborted, 413)
            case .mediaUnreachable, .mediaTooLarge, .mediaTypeUnsupported, .mediaTypeUndetermined, .mediaUnreadable,
                .mediaAgainstRules, .contentRejected:
                Self(.aborted, 414)
            case .refusedByNetwork, .recipientBlocked: Self(.rejected, 415)
            case .notSupported: Self(.failed, 416)
            case .unreachable: Self(.failed, 417)
            case .unrecognised: Self(.failed, 418)
            // A final refusal by the network without a code of its own: 415 is the one that says least.
            case .undelivered: Self(.failed, 415)
            }
    }

    /// The order of entries in a report.
    static func < (left: ReportStatus, right: ReportStatus) -> Bool {
        (left.code, left.status.rawValue) < (right.code, right.status.rawValue)
    }

    /// Every status the API knows; filters may name those that an MMS never has.
    enum Status: String, CaseIterable, Encodable {
        case queued = "Queued"
        case dispatched = "Dispatched"
        case aborted = "Aborted"
        case cancelled = "Cancelled"
        case rejected = "Rejected"
        case deleted = "Deleted"
        case delivered = "Delivered"
        case failed = "Failed"
        case expired = "Expired"
        case unknown = "Unknown"

        /// Clients write filters in any case.
        init?(anyCase text: String) {
            guard let status = Self.allCases.first(where: { text.isWord($0.rawValue) }) else { return nil }
            self = status
        }
    }
}
