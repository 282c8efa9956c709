/// What a delivery report is about.
package enum ReportSubject: Sendable, Equatable {
    case message(StoredMessage)
    /// No message has the MessageID, and an answer is still out that may name it: the report is held until it comes.
    case unanswered
    /// No message of ours has the MessageID.
    case unknownMessage
    /// Several messages have the MessageID, and the report is about none of them.
    case unknownRecipient
}

extension DeliveryReport {
    /// What the report is about.
    ///
    /// - Parameters:
    ///   - candidates: messages with its MessageID, the newest first.
    ///   - isAnswerOut: whether an answer of the MMSC is still to come; asked where it matters, which is seldom.
    package func subject<Failure: Error>(
        among candidates: [StoredMessage], isAnswerOut: () throws(Failure) -> Bool
    ) throws(Failure) -> ReportSubject {
        let message = match(among: candidates)
        if let message, !isOfAnother(than: message) { return .message(message) }
        let isAnswerOut = try isAnswerOut()
        if let message, !isAnswerOut { return .message(message) }
        guard candidates.count < 2 else { return .unknownRecipient }
        return isAnswerOut ? .unanswered : .unknownMessage
    }

    /// The message that the report is about, among those with its MessageID, the newest first; nil where it fits none,
    /// or more than one.
    ///
    /// A message that alone has the MessageID is the one, whatever form the MMSC gives the number. Of several it is the
    /// newest to that number; some MMSCs write numbers as they are dialled, so that only their ends agree. Those have
    /// to agree with one message and no other. Some put the sender in the recipient's place, so the sender is looked at
    /// where the recipient fits none: a customer who sends to its own number must not get the reports of all others.
    package func match(among candidates: [StoredMessage]) -> StoredMessage? {
        guard candidates.count > 1 else { return candidates.first }
        for number in [recipient, sender].compactMap(\.self) {
            let fitting = Self.candidates(candidates, of: number)
            // The newest, where all of them are to one number.
            if let first = fitting.first { return fitting.allSatisfy { $0.recipient == first.recipient } ? first : nil }
        }
        return nil
    }

    /// The messages to the number, else those to numbers whose ends agree with it, the longer end first.
    private static func candidates(_ candidates: [StoredMessage], of number: String) -> [StoredMessage] {
        let exact = candidates.filter { $0.recipient == number }
        guard exact.isEmpty else { return exact }
        for digits in [9, 8, 7] where number.utf8.count >= digits {
            let fitting = candidates.filter { $0.recipient.hasSuffix(number.suffix(digits)) }
            if !fitting.isEmpty { return fitting }
        }
        return []
    }

    /// Whether a final message cannot be the one, because the report names another number: an MMSC that lost its count
    /// gives out MessageIDs again, and the report may have overtaken the answer that says so.
    private func isOfAnother(than message: StoredMessage) -> Bool {
        guard message.state.isFinal, let recipient else { return false }
        return ![recipient, sender ?? ""].contains { number in
            number.utf8.count >= 7 && message.recipient.hasSuffix(number.suffix(7))
        }
    }
}
