import GatewayCore

extension DeliveryReport {
    /// The message that the report is about, among those with its MessageID, the newest first.
    ///
    /// One that has the MessageID alone is it, whatever form the MMSC gives the number. Of several it is the newest to
    /// that number; some MMSCs put the sender in the recipient's place, and some write numbers as they are dialled, so
    /// that only their ends agree. Those have to agree with one message and no other.
    func subject(among candidates: [LiveMessage]) -> LiveMessage? {
        guard candidates.count > 1 else { return candidates.first }
        let numbers = [recipient, sender].compactMap { $0 }
        for number in numbers {
            if let exact = candidates.first(where: { $0.recipient == number }) { return exact }
        }
        for digits in [9, 8, 7] {
            for number in numbers where number.utf8.count >= digits {
                let fitting = candidates.filter { $0.recipient.hasSuffix(number.suffix(digits)) }
                if fitting.count == 1 { return fitting[0] }
                if !fitting.isEmpty { return nil }
            }
        }
        return nil
    }

    /// Whether a message that has ended long since cannot be the one, for the number is another's: an MMSC that lost its
    /// count gives out MessageIDs again, and the report may have overtaken the answer that says so.
    func isOfAnother(than message: LiveMessage) -> Bool {
        guard message.state.isFinal, let recipient else { return false }
        return ![recipient, sender ?? ""].contains { number in
            number.utf8.count >= 7 && message.recipient.hasSuffix(number.suffix(7))
        }
    }
}
