/// Settles what the gateway has on its books with what the MMSCs and the customer have on theirs.
///
/// Three things are held against each other: the gateway's attempts (one row for each SubmitReq that it claimed), each
/// MMSC's journal (what was received under each TransactionID), and the states that the webhook receiver heard.
///
/// **Nothing is lost:** each message is final, the customer heard its state and no other, and what an MMSC took is
/// delivered.
///
/// **Nothing is sent twice without a reason:** of two SubmitReqs for a message the first was not accepted, or nobody
/// knows. The exact sum is
///
///     beyond one = resent in doubt + tried anew - never arrived
///
/// per message: `beyond one` is what the MMSC received less one; `resent in doubt` are attempts that the gateway marked
/// so; `tried anew` those that followed an answer of "not accepted" (or no connection), and were no resends; `never
/// arrived` the attempts without an entry in the journal. The last are no free figure: an attempt that was answered
/// has arrived, one that met no connection has not, and only of those in doubt either may be true. A gateway that is
/// killed between the commit of a claim and the first byte has such an attempt that never arrived, and counts the next
/// one as resent, if that one met a connection. Without refusals nothing is tried anew, and beyond one is at most what was resent.
struct Settlement {
    let history: History
    /// By the MMSC's name; one whose books were lost with it is absent.
    let journals: [String: Peer.Journal]
    let told: Told
    /// Whether each SubmitReq has one recipient, so that its TransactionID is the message's id.
    var isSingle = true
    /// Whether the MMSC posts one report for each copy, and no more.
    var isReportedOnce = true

    /// In copies: a SubmitReq with four recipients counts four times. MMSCs without a journal are left out.
    struct Figures: Equatable {
        var messages = 0
        var attempts = 0
        var resentInDoubt = 0
        var triedAnew = 0
        var received = 0
        var states: [String: Int] = [:]

        var neverArrived: Int { attempts - received }
        /// Where every message was received at least once.
        var beyondOne: Int { received - messages }
    }

    private static let finalStates = [
        "delivered", "expired", "rejected", "failed", "unknown", "cancelled", "aborted",
    ]

    /// What is wrong; empty if all is well.
    var faults: [String] {
        var faults = history.messages.flatMap(faults)
        for (name, journal) in journals.sorted(by: { $0.key < $1.key }) { faults += self.faults(of: name, journal) }
        for name in told.names.subtracting(history.messages.map(\.name)) {
            faults.append("\(name): told, and not on the books")
        }
        faults += told.calls.unreadable.map { "nobody can read the call \($0)" }
        return faults
    }

    var figures: Figures {
        var figures = Figures()
        for message in history.messages {
            let attempts = message.attempts.filter { journals[$0.mmsc] != nil }
            figures.messages += 1
            figures.attempts += attempts.count
            figures.resentInDoubt += attempts.count { $0.isResend }
            figures.triedAnew += attempts.count { $0.number > 1 && !$0.isResend }
            figures.states[message.state, default: 0] += 1
        }
        figures.received = journals.values.reduce(0) { $0 + $1.copies }
        return figures
    }

    private func faults(of message: History.Message) -> [String] {
        var faults: [String] = []
        func check(_ isWell: Bool, _ fault: @autoclosure () -> String) {
            if !isWell { faults.append("\(message.id), \(message.state): \(fault()); \(message.attempts)") }
        }
        let attempts = message.attempts
        check(Self.finalStates.contains(message.state), "is not final")
        let words = told.words(on: message.name)
        check(words.count == 1, "the customer was told \(words)")
        if let word = Self.word(for: message.state) { check(words[word] != nil, "the customer was told \(words)") }

        check(attempts.map(\.number) == Array(1...max(message.attemptCount, 1)), "an attempt left no entry")
        for (index, attempt) in attempts.enumerated() {
            let before = attempts[..<index]
            let isDoubtful = before.contains { $0.leavesDoubt }
            check(before.allSatisfy { $0.leavesDoubt || $0.event == "postponed" }, "sent again without a reason")
            // What met no connection was not sent again.
            check(
                attempt.isResend == (isDoubtful && attempt.arrival != .none),
                "attempt \(attempt.number) is counted wrongly")
            // What may have arrived at one MMSC is not sent to another.
            if let doubtful = before.first(where: { $0.leavesDoubt }) {
                check(attempt.mmsc == doubtful.mmsc, "attempt \(attempt.number) went to another MMSC")
            }
        }
        return faults
    }

    private func faults(of name: String, _ journal: Peer.Journal) -> [String] {
        var faults: [String] = []
        func check(_ isWell: Bool, _ fault: @autoclosure () -> String) {
            if !isWell { faults.append("\(name): \(fault())") }
        }
        check(journal.counts.violations == 0, "\(journal.counts.violations) SubmitReqs against the protocol")
        check(journal.counts.forgotten == 0, "it forgot some")
        check(journal.counts.reportsGivenUp == 0, "\(journal.counts.reportsGivenUp) reports given up")
        let messageIDs = journal.submissions.values.compactMap(\.messageID)
        check(Set(messageIDs).count == messageIDs.count, "a MessageID was given twice")

        var (least, most, delivered, isSettled) = (0, 0, 0, true)
        for message in history.messages {
            let attempts = message.attempts.filter { $0.mmsc == name }
            let answered = attempts.count { $0.arrival == .certain }
            let doubtful = attempts.count { $0.arrival == .doubtful }
            least += answered
            most += answered + doubtful
            if message.state == "delivered", attempts.last?.event == "accepted" { delivered += 1 }
            if attempts.last?.event == "gave_up" { isSettled = false }
            guard isSingle else { continue }
            let account = journal.submissions[message.id]
            check(
                (answered...answered + doubtful).contains(account?.received ?? 0),
                "\(message.id): received \(account?.received ?? 0) times, and on the books are \(attempts)")
            // What it took is delivered, unless the gateway had to give up asking whether it was taken.
            if let messageID = account?.messageID, attempts.last?.event != "gave_up" {
                check(
                    message.state == "delivered" && message.messageID == messageID,
                    "\(message.id): taken as \(messageID), and \(message.state) as \(message.messageID ?? "nothing")")
            }
        }
        if isReportedOnce, isSettled {
            // One report for each copy that the MMSC took: more of them would be handsets that got it twice.
            check(
                journal.counts.reportsAnswered == delivered,
                "\(journal.counts.reportsAnswered) copies reported, and \(delivered) messages delivered")
        }
        // A SubmitReq with several recipients is an attempt of each. Its TransactionID names the first of them alone,
        // so those are settled in sum.
        let received = journal.copies
        check(
            (least...most).contains(received), "received \(received) copies, and on the books are \(least) to \(most)")
        let ids = Set(history.messages.map(\.id))
        for transactionID in journal.submissions.keys where !ids.contains(String(transactionID.prefix(26))) {
            check(false, "\(transactionID) is nobody's")
        }
        return faults
    }

    /// What the customer's API calls a state; nil where that depends on the reason.
    private static func word(for state: String) -> String? {
        ["delivered": "Delivered", "unknown": "Unknown", "expired": "Expired", "aborted": "Aborted"][state]
    }
}
