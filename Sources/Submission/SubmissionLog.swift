import GatewayCore
import Logging
import MM7
import WorkLoop

/// The lasting troubles that sending may have.
enum SubmissionTrouble: Hashable, Sendable {
    case store
    /// The media that messages are made from.
    case media
    /// The MMSC takes nothing until somebody repairs its account or the configuration.
    case repair(mmsc: String)
    case answer(AnswerFault, mmsc: String)
}

/// What may be wrong with an answer of an MMSC, with the constant sentence that the log has for it.
enum AnswerFault: String {
    case otherTransaction = "The MMSC answers under another TransactionID than it is asked; the answer is believed"
    case refusedTransaction =
        "The MMSC answers under another TransactionID than it is asked; answers_must_match takes it for none"
    case brokenOff = "An answer of the MMSC did not come to its end; what came of it says enough"
    case mended = "An answer of the MMSC could be read only after a repair"
}

typealias SubmissionLog = OutageLog<SubmissionTrouble>

extension SubmissionLog {
    /// - Parameter message: what stands still without the store.
    func storeFailed(
        _ message: Logger.Message, because failure: any Error, metadata: @autoclosure () -> Logger.Metadata = [:]
    ) {
        failed(.store, .error, message, metadata: metadata().merging(["error": "\(failure)"]) { old, _ in old })
    }

    func storeAnswers() { ended(.store, "The store answers again") }

    /// Logs, once a minute for each MMSC, that it takes nothing until somebody repairs the account or the
    /// configuration.
    func needsRepair(_ mmsc: String, code: StatusCode?, reason: String) {
        var metadata: Logger.Metadata = ["mmsc": "\(mmsc)", "reason": "\(reason)"]
        if let code { metadata["status_code"] = .stringConvertible(code.rawValue) }
        failed(
            .repair(mmsc: mmsc), .warning, "The MMSC refuses all until its account or the configuration is repaired",
            each: .seconds(60), metadata: metadata)
    }

    /// Logs, for whoever follows single messages, what became of a claim.
    func attempted(_ claim: Claim, with result: SubmissionResult, in trace: Trace?) {
        guard logger.logLevel <= .debug else { return }
        var metadata = claim.metadata.with(trace).with("result", "\(result.event)")
        metadata["reason"] = "\(result.words ?? result.statusText ?? "none")"
        if let code = result.statusCode { metadata["status_code"] = .stringConvertible(code) }
        logger.debug("An attempt ended", metadata: metadata)
    }

    /// Logs what is wrong with an answer, which is mostly believed all the same.
    ///
    /// - Parameter details: the words of the MMSC or of libcurl.
    func found(
        _ fault: AnswerFault, of mmsc: String, to transactionID: String, _ details: PeerText? = nil, in trace: Trace?
    ) {
        var metadata: Logger.Metadata = ["mmsc": "\(mmsc)", "transaction": "\(transactionID)"]
        if let details { metadata["reason"] = "\(details)" }
        failed(.answer(fault, mmsc: mmsc), .warning, "\(fault.rawValue)", metadata: metadata.with(trace))
    }
}
