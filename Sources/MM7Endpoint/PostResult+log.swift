import GatewayCore
import HTTPServing
import Logging
import MM7
import WorkLoop

extension PostResult {
    /// Logs one line per post: as a warning now and then where an operator should look, else at `debug`.
    func log(to log: PostLog, mmsc: String?, source: PostSource? = nil) {
        // Nearly all posts are these two, and their lines at `debug` are rarely read, so they cost little.
        switch self {
        case .report(let envelope, let result):
            return result.log(to: log, mmsc: mmsc, metadata: Self.metadata(envelope, mmsc, source))
        case .inbound(let envelope, let outcome):
            return outcome.log(to: log, mmsc: mmsc, metadata: Self.metadata(envelope, mmsc, source))
        default: break
        }
        var metadata = Self.metadata(mmsc, source)
        switch self {
        case .wrongMethod:
            break
        case .unknownMMSC:
            if let name = source?.name { metadata["name"] = "\(name)" }
            log.warning(
                "A post was refused: no MMSC is configured under the name in its URL", mmsc: nil, metadata: metadata)
        case .refused(.address):
            log.warning(
                "A post was refused: its address is not among those allowed", mmsc: mmsc, metadata: metadata)
        case .refused(.digest(let challenge)) where challenge.reason != .wrong:
            log.debug("A post is to come again with the answer to a challenge", metadata: metadata)
        case .refused(.credentials), .refused(.digest):
            log.warning("A post was refused: its credentials are missing or wrong", mmsc: mmsc, metadata: metadata)
        case .tooLarge(let limitBytes):
            metadata["limit_bytes"] = .stringConvertible(limitBytes)
            log.warning("A post was refused: it is too large", mmsc: mmsc, metadata: metadata)
        case .noMemory:
            log.warning(
                "A post was postponed: others have all that mm7.memory_limit leaves its MMSC", mmsc: mmsc,
                metadata: metadata)
        case .backlog:
            log.warning(
                "A post was postponed: too many before it still wait for the disk", mmsc: mmsc, metadata: metadata)
        case .cutOff, .noRequest(.late):
            log.warning(
                "A post ended before it was whole: its peer went away, or took longer than mm7.request_timeout",
                mmsc: mmsc, metadata: metadata)
        case .unreadable(let error):
            metadata["transaction"] = Self.identifier(error.head.transactionID)
            metadata["reason"] = "\(PeerText("\(error)"))"
            log.warning(
                "A post could not be read as an MM7 message", error.code.description, mmsc: mmsc, metadata: metadata)
        case .unreadableKept(let error, let outcome):
            metadata["transaction"] = Self.identifier(error.head.transactionID)
            metadata["reason"] = "\(PeerText("\(error)"))"
            switch outcome {
            case .kept:
                log.warning(
                    "A post that could not be read was kept in quarantine", error.code.description, mmsc: mmsc,
                    metadata: metadata)
            case .full:
                log.warning(
                    "A post that could not be read was refused: as many as are kept are in quarantine",
                    error.code.description, mmsc: mmsc, metadata: metadata)
            case .failed(let failure):
                metadata["error"] = "\(failure)"
                log.warning(
                    "A post that could not be read could not be kept; the MMSC is asked to repeat it", mmsc: mmsc,
                    metadata: metadata)
            }
        case .notTaken(let envelope):
            metadata["transaction"] = Self.identifier(envelope.transactionID)
            metadata["operation"] = "\(PeerText(envelope.operationName, limit: 64))"
            log.warning("An operation was refused that is not supported", mmsc: mmsc, metadata: metadata)
        case .noRequest(let refusal):
            metadata["reason"] = "\(refusal.text)"
            log.warning("A post was refused before it was read", refusal.text, mmsc: mmsc, metadata: metadata)
        case .late(let envelope):
            metadata["transaction"] = Self.identifier(envelope.transactionID)
            metadata["operation"] = "\(PeerText(envelope.operationName, limit: 64))"
            log.warning(
                "A post was not on the disk in time; the MMSC is asked to repeat it", mmsc: mmsc, metadata: metadata)
        case .report, .inbound:
            break
        }
    }

    /// The metadata about a post that was read.
    private static func metadata(_ envelope: Envelope, _ mmsc: String?, _ source: PostSource?) -> Logger.Metadata {
        var metadata = metadata(mmsc, source)
        metadata["transaction"] = identifier(envelope.transactionID)
        return metadata
    }

    /// The metadata about any post.
    private static func metadata(_ mmsc: String?, _ source: PostSource?) -> Logger.Metadata {
        var metadata: Logger.Metadata = [:]
        if let mmsc { metadata["mmsc"] = "\(mmsc)" }
        if let peer = source?.peer { metadata["peer"] = "\(peer)" }
        return metadata.with(source?.trace)
    }

    /// A peer's identifier, fit for a line of a log.
    fileprivate static func identifier(_ text: String?) -> Logger.MetadataValue? {
        text.map { "\(PeerText($0, limit: 64))" }
    }
}

extension ReceivedMessage {
    /// Logs that XML was read only after a repair, so that its author can mend it.
    func logRepair(to log: PostLog, mmsc: String, in trace: Trace?) {
        guard let repair else { return }
        var metadata: Logger.Metadata = ["mmsc": "\(mmsc)", "reason": "\(repair)"]
        metadata["transaction"] = PostResult.identifier(envelope.transactionID)
        log.warning(
            "A post could be read only after a repair", repair, mmsc: mmsc, metadata: metadata.with(trace))
    }
}

extension Result<ReportResult, StoreFailure> {
    fileprivate func log(to log: PostLog, mmsc: String?, metadata: @autoclosure () -> Logger.Metadata) {
        switch self {
        case .success(.applied(let message)):
            log.debug("A report was applied", metadata: metadata().with("message", "\(message)"))
        case .success(.nothingNew(let message)):
            log.debug("A report said nothing new", metadata: metadata().with("message", "\(message)"))
        case .success(.held):
            log.debug("A report came before its SubmitRsp and is held", metadata: metadata())
        case .success(.unknownMessage):
            log.debug("A report names no message of ours", metadata: metadata())
        case .success(.unknownRecipient):
            log.warning(
                "A report names none of the recipients that its message has", mmsc: mmsc, metadata: metadata())
        case .failure(let failure):
            log.warning(
                "A report could not be stored; the MMSC is asked to repeat it", mmsc: mmsc,
                metadata: metadata().with("reason", "\(failure)"))
        }
    }
}

extension IntakeResult {
    fileprivate func log(to log: PostLog, mmsc: String?, metadata: @autoclosure () -> Logger.Metadata) {
        switch self {
        case .taken(let inbounds):
            log.debug("An inbound message was taken", metadata: metadata().with("inbound", Self.names(inbounds)))
        case .takenAnew(let inbounds):
            log.warning(
                "An inbound message was taken under an identifier that another had before", mmsc: mmsc,
                metadata: metadata().with("inbound", Self.names(inbounds)))
        case .quarantined:
            log.warning(
                "An inbound message to an unowned number was kept without an owner", mmsc: mmsc,
                metadata: metadata())
        case .repeated:
            log.debug("An inbound message came again", metadata: metadata())
        case .noSender:
            log.warning("An inbound message without a sender was refused", mmsc: mmsc, metadata: metadata())
        case .unknownRecipient:
            log.warning("An inbound message to an unowned number was refused", mmsc: mmsc, metadata: metadata())
        case .failed(let reason):
            log.warning(
                "An inbound message could not be stored; the MMSC is asked to repeat it", mmsc: mmsc,
                metadata: metadata().with("reason", "\(reason)"))
        }
    }

    private static func names(_ inbounds: [Inbound.ID]) -> Logger.MetadataValue {
        "\(inbounds.map(\.description).joined(separator: " "))"
    }
}
