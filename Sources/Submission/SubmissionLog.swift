import GatewayCore
import Logging
import MM7
import WorkLoop

/// What sending may have trouble with for longer.
enum SubmissionTrouble: Hashable, Sendable {
    case store
    /// The media that messages are made from.
    case media
    /// The MMSC takes nothing before somebody repairs its account or the configuration.
    case repair(mmsc: String)
    case answer(AnswerFault, mmsc: String)
}

/// What is wrong with an answer of an MMSC, each with a constant sentence of the log.
enum AnswerFault: String {
    case otherTransaction = "The MMSC answers under another TransactionID than it is asked; the answer is believed"
    case refusedTransaction =
        "The MMSC answers under another TransactionID than it is asked; answers_must_match takes it for none"
    case brokenOff = "An answer of the MMSC did not come to its end; what came of it says enough"
    case mended = "An answer of the MMSC could be read only after a repair"
}

typealias SubmissionLog = OutageLog<SubmissionTrouble>

extension SubmissionLog {
    /// - Parameter message: what does not go on without the store.
    func storeFailed(
        _ message: Logger.Message, because failure: any Error, metadata: @autoclosure () -> Logger.Metadata = [:]
    ) {
        failed(.store, .error, message, metadata: metadata().merging(["error": "\(failure)"]) { old, _ in old })
    }

    func storeAnswers() { ended(.store, "The store answers again") }

    /// The MMSC will take nothing before somebody repairs the account or the configuration: once a minute for each MMSC.
    func needsRepair(_ mmsc: String, code: StatusCode?, reason: String) {
        failed(
            .repair(mmsc: mmsc), .warning, "The MMSC refuses all until its account or the configuration is repaired",
            each: .seconds(60),
            metadata: [
                "mmsc": "\(mmsc)", "status": "\(code.map { String($0.rawValue) } ?? "none")", "reason": "\(reason)",
            ])
    }

    /// Something is wrong with an answer, which is mostly believed all the same.
    ///
    /// - Parameter details: the MMSC's words, or libcurl's.
    func found(_ fault: AnswerFault, of mmsc: String, to transactionID: String, _ details: PeerText? = nil) {
        var metadata: Logger.Metadata = ["mmsc": "\(mmsc)", "transaction": "\(transactionID)"]
        if let details { metadata["reason"] = "\(details)" }
        failed(.answer(fault, mmsc: mmsc), .warning, "\(fault.rawValue)", metadata: metadata)
    }
}
