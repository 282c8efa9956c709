package import FoundationEssentials

/// What an event makes of a message: all that a store writes.
package struct MessageChange: Sendable, Equatable {
    /// The message as it is afterwards.
    package var message: StoredMessage
    /// The state that it was in.
    package let previous: MessageState
    /// When it is claimed next; nil where nobody is to claim it.
    package var dueAt: Date?
    /// When the MMSC is asked to take it back, for what it has and the customer withdrew.
    package var cancelDueAt: Date?
    /// When the network says that it happened; nil leaves what it said before.
    package var networkTime: Date?
    /// The words on the new state; those on the state before are removed.
    package var statusText: PeerText?
    /// Whether the attempt that ended counts against the limit of tries.
    package var isTry = true

    package var state: MessageState { message.state }

    /// Whether the message ends by it. One that had ended before may still change to another final state.
    package var isEnd: Bool { state.isFinal && !previous.isFinal }

    /// How many more messages wait afterwards: one, none, or one less.
    package var waiting: Int { (state.isWaiting ? 1 : 0) - (previous.isWaiting ? 1 : 0) }

    fileprivate init(of message: StoredMessage, to state: MessageState) {
        previous = message.state
        self.message = message
        self.message.state = state
        if case .submitted(let messageID) = state { self.message.messageID = messageID }
        switch state {
        // Whoever may have it keeps it: another would send it a second time.
        case .inDoubt:
            self.message.mayHaveArrived = true
            if let mmsc = message.mmsc { self.message.carriers = Carriers(settledOn: mmsc) }
        // Nobody has it, so it goes with whomever it may go next.
        case .queued: self.message.sharedRequest = nil
        default: break
        }
    }
}

extension StoredMessage {
    /// What the result of a claim does to a message of it; nil where the claim is no longer in force.
    ///
    /// The result is judged by the attempts before it; that the claim's own lease has ended since puts nothing in
    /// doubt. An acceptance counts also when a later attempt has begun, unless the message has ended: the MMSC has the
    /// message, and only the MessageID identifies its reports. A claim that was released was no attempt, and its number
    /// is given out again: a release that is recorded a second time is told from the claim that followed by its lease.
    ///
    /// - Throws: `.broken` for a result that no claim in force has.
    package func applying(
        _ result: SubmissionResult, to copy: Claim.Copy, of claim: Claim, now: Date
    ) throws(StoreFailure) -> MessageChange? {
        let event = result.event(of: copy)
        guard copy.attempt == attempts || event.isAcceptance else { return nil }
        if event == .released, let leaseUntil, leaseUntil.milliseconds > claim.leaseUntil.milliseconds { return nil }
        guard let next = state(after: event, mayHaveArrived: claim.isResend) else {
            if state == .submitting { throw .impossible(event, in: state) }
            return nil
        }
        var change = MessageChange(of: self, to: next)
        if next == .queued || next == .inDoubt { change.dueAt = result.dueAt ?? now }
        // It was withdrawn on its way and accepted all the same.
        if isWithdrawn, event.isAcceptance, !next.isFinal { change.cancelDueAt = now }
        if result.isSplit { change.message.sharedRequest = nil }
        change.statusText = result.statusText
        if event == .released {
            change.message.attempts -= 1
        } else {
            change.isTry = result.isTry
        }
        return change
    }

    /// What the end of a lease does to the message: nobody knows how far its worker came.
    ///
    /// - Throws: `.broken` for a message that nobody had claimed.
    package func endingLease(now: Date) throws(StoreFailure) -> MessageChange {
        guard let next = state(after: .leaseEnded) else { throw .impossible(.leaseEnded, in: state) }
        var change = MessageChange(of: self, to: next)
        if next == .inDoubt { change.dueAt = now }
        return change
    }

    /// What a delivery report does to the message; nil where it says nothing new.
    package func applying(_ report: DeliveryReport) -> MessageChange? {
        guard let next = state.applying(.reported(report.fate)) else { return nil }
        var change = MessageChange(of: self, to: next)
        change.networkTime = report.at
        change.statusText = report.statusText
        return change
    }

    /// What the end of the time for a final report does to the message.
    ///
    /// - Throws: `.broken` for a message that waits for no report.
    package func endingWaitForReport() throws(StoreFailure) -> MessageChange {
        MessageChange(of: self, to: try state.after(.reportOverdue))
    }

    /// The change of a message that the MMSC took back by that MessageID; nil where the message has ended otherwise
    /// meanwhile.
    package func takenBack(as messageID: String) throws(StoreFailure) -> MessageChange? {
        guard state == .submitted(messageID: messageID) else { return nil }
        return MessageChange(of: self, to: try state.after(.withdrawn))
    }

    /// The state after an event. What would wait for another try ends here where the customer has withdrawn it.
    private func state(after event: MessageEvent, mayHaveArrived: Bool = false) -> MessageState? {
        guard let next = state.applying(event, mayHaveArrived: mayHaveArrived) else { return nil }
        return isWithdrawn ? next.applying(.cancelled) ?? next : next
    }
}

extension MessageEvent {
    fileprivate var isAcceptance: Bool { if case .accepted = self { true } else { false } }
}

extension SubmissionResult {
    /// What happened to one message of the claim.
    package func event(of copy: Claim.Copy) -> MessageEvent { exceptions[copy.message] ?? event }
}
