import CurlHTTP
import GatewayCore
import MM7
import Telemetry

/// What an answer says, and what is wrong with one that is believed all the same.
extension Exchange {
    func judge(_ answer: MMSCAnswer, to request: HTTPRequest, for claim: Claim, at mmsc: MMSC) -> Verdict {
        let octets = request.body.reduce(0) { $0 + $1.count }
        var verdict = Verdict(answer, profile: mmsc.profile, to: claim)
        if answer.httpStatus == 413 {
            verdict = verdict.judgingSize(of: octets, largestTaken: health.largestTaken(at: mmsc.name))
        }
        if verdict.isTaken { health.took(octets: octets, at: mmsc.name) }
        return verdict.presentable(from: mmsc)
    }

    /// Tells and counts it.
    func examine(_ answer: MMSCAnswer, to transactionID: String, of mmsc: MMSC) {
        if answer.names(anotherThan: transactionID) {
            telemetry.mmsc(mmsc.name).answeredUnderAnotherID()
            let answered = answer.envelope?.transactionID.map { PeerText("answered under \($0)") }
            answers.raise(
                mmsc.profile.answersMustMatch ? .refusedTransaction : .otherTransaction, of: mmsc.name,
                to: transactionID, answered)
        }
        if answer.isRepaired { answers.raise(.mended, of: mmsc.name, to: transactionID) }
    }

    /// The answer that came before a transfer failed, if it says enough.
    func brokenOff(
        _ failure: HTTPFailure, answering request: MM7.Operation, _ transactionID: String, of mmsc: MMSC
    ) -> MMSCAnswer? {
        guard let answer = MMSCAnswer(failure, to: request) else { return nil }
        examine(answer, to: transactionID, of: mmsc)
        answers.raise(.brokenOff, of: mmsc.name, to: transactionID, PeerText(failure.message))
        return answer
    }
}
