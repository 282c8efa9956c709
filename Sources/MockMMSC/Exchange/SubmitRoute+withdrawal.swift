import Hummingbird
import MM7

extension SubmitRoute {
    /// Takes a message back if no report on it was posted yet, and answers as the fate says.
    func answer(_ withdrawal: Withdrawal, _ fate: Fate, _ context: ExchangeContext) async throws -> Response {
        journal.record(withdrawal.received)
        await pause(configuration.faults.delay)
        switch fate.answer {
        case .refused(let code):
            return try answers.response(withdrawal.answer(ResponseStatus(code)))
        case .faulted(let code):
            let fault = withdrawal.head.fault(ResponseStatus(code), side: .relayServer)
            return try answers.response(fault, status: .internalServerError)
        case .html:
            return answers.badGateway()
        case .denied:
            return try answers.unauthorized()
        case .accepted, .hung, .misaddressed, .half, .dropped, .reset:
            break
        }
        let status = takeBack(withdrawal.messageID)
        switch fate.answer {
        case .dropped, .half: await context.hangUp()
        case .hung: await pause(configuration.faults.hangTime)
        default: break
        }
        var answer = withdrawal.answer(status)
        if fate.answer == .misaddressed { answer.transactionID = "not-\(answer.transactionID ?? "")" }
        return try answers.response(answer)
    }

    private func takeBack(_ messageID: String) -> ResponseStatus {
        guard accounts.knows(messageID: messageID) else {
            journal.count(\.cancelsUnknown)
            return ResponseStatus(.messageIDNotFound)
        }
        guard accounts.isCancelled(messageID) || reports.cancel(messageID) else {
            journal.count(\.cancelsTooLate)
            return ResponseStatus(.notPossible)
        }
        accounts.cancel(messageID)
        journal.count(\.cancelsAccepted)
        return .success
    }
}
