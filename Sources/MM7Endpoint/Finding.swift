import GatewayCore
import Logging
import MM7

/// What a post to the endpoint turned out to be. It alone decides the answer.
enum Finding: Sendable {
    /// Not a POST.
    case wrongMethod
    /// The path names no MMSC of ours.
    case unknownMMSC
    case refused(CallbackAccess.Refusal)
    case tooLarge(limitBytes: Int)
    /// Other posts had all the memory for bodies.
    case noRoom
    /// No message could be read; the error has what was plain of it.
    case unreadable(MM7Error)
    /// A DeliveryReportReq or a ReadReplyReq, and what the store made of it.
    case report(Envelope, Result<ReportResult, StoreFailure>)
    /// A DeliverReq, and what became of it.
    case inbound(Envelope, InboundOutcome)
    /// A message that is none of ours to take: another operation, or a response.
    case notTaken(Envelope)
}

extension Finding {
    /// One line per post: what an operator should look at as a warning, the rest for those who search. Of the posts that
    /// one outage of the store holds up, few are told as a warning.
    func log(to logger: Logger, mmsc: String?, outage: OutageWatch) {
        var metadata: Logger.Metadata = [:]
        if let mmsc { metadata["mmsc"] = "\(mmsc)" }
        switch self {
        case .wrongMethod:
            break
        case .unknownMMSC:
            logger.debug("A post for an MMSC that is not configured was refused")
        case .refused(.address):
            logger.warning("A post was refused: its address is not among those allowed", metadata: metadata)
        case .refused(.credentials):
            logger.warning("A post was refused: its credentials are missing or wrong", metadata: metadata)
        case .tooLarge(let limitBytes):
            metadata["limit_bytes"] = "\(limitBytes)"
            logger.warning("A post was refused: it is too large", metadata: metadata)
        case .noRoom:
            logger.log(
                level: outage.failed() == nil ? .debug : .warning,
                "A post was put off: all of mm7.memory_limit is taken by others", metadata: metadata)
        case .unreadable(let error):
            metadata["transaction"] = Self.identifier(error.head.transactionID)
            metadata["reason"] = "\(error)"
            logger.warning("A post could not be read as an MM7 message", metadata: metadata)
        case .notTaken(let envelope):
            metadata["transaction"] = Self.identifier(envelope.transactionID)
            metadata["operation"] = "\(envelope.operationName)"
            logger.warning("An operation was refused that is not supported", metadata: metadata)
        case .report(let envelope, let result):
            metadata["transaction"] = Self.identifier(envelope.transactionID)
            result.log(to: logger, metadata: metadata, outage: outage)
        case .inbound(let envelope, let outcome):
            metadata["transaction"] = Self.identifier(envelope.transactionID)
            outcome.log(to: logger, metadata: metadata, outage: outage)
        }
    }

    /// A peer's identifier, cut to what a line of a log can bear.
    private static func identifier(_ text: String?) -> Logger.MetadataValue? {
        text.map { "\($0.prefix(64))" }
    }
}

extension Result<ReportResult, StoreFailure> {
    fileprivate func log(to logger: Logger, metadata: Logger.Metadata, outage: OutageWatch) {
        var metadata = metadata
        switch self {
        case .success(.applied(let message)):
            metadata["message"] = "\(message)"
            logger.debug("A report was applied", metadata: metadata)
        case .success(.nothingNew(let message)):
            metadata["message"] = "\(message)"
            logger.debug("A report said nothing new", metadata: metadata)
        case .success(.held):
            logger.debug("A report came before its SubmitRsp and is held", metadata: metadata)
        case .success(.unknownMessage):
            logger.debug("A report names no message of ours", metadata: metadata)
        case .success(.unknownRecipient):
            logger.warning("A report names none of the recipients that its message has", metadata: metadata)
        case .failure(let failure):
            metadata["reason"] = "\(failure)"
            logger.log(
                level: outage.failed() == nil ? .debug : .warning,
                "A report could not be stored; the MMSC is asked to repeat it", metadata: metadata)
        }
    }
}

extension InboundOutcome {
    fileprivate func log(to logger: Logger, metadata: Logger.Metadata, outage: OutageWatch) {
        var metadata = metadata
        switch self {
        case .taken(let inbounds):
            metadata["inbound"] = "\(inbounds.map(\.description).joined(separator: " "))"
            logger.debug("An inbound message was taken", metadata: metadata)
        case .quarantined:
            logger.warning("An inbound message to a number of nobody's was kept without an owner", metadata: metadata)
        case .repeated:
            logger.debug("An inbound message came again", metadata: metadata)
        case .noSender:
            logger.warning("An inbound message without a sender was refused", metadata: metadata)
        case .unknownRecipient:
            logger.warning("An inbound message to a number of nobody's was refused", metadata: metadata)
        case .failed(let reason):
            metadata["reason"] = "\(reason)"
            logger.log(
                level: outage.failed() == nil ? .debug : .warning,
                "An inbound message could not be stored; the MMSC is asked to repeat it", metadata: metadata)
        }
    }
}
