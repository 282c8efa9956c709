import GatewayCore

/// The signals to raise after a commit, each once, however many rows caused it.
struct CommitSignals {
    var media = false
    var uploads = false
    var events = false
    var unread = false
    var appBatches = false
    /// Names of MMSCs at which something became due.
    var mmscs: Set<String> = []
    /// Names of MMSCs at which something is to be taken back.
    var cancelling: Set<String> = []
    /// How many messages reached each final state.
    var ended: [MessageState: Int] = [:]

    /// Raises the signal of each carrier, since any of them may take the message.
    mutating func raise(for carriers: Carriers?) {
        for name in carriers?.names ?? [] { mmscs.insert(name) }
    }

    func raise(in signals: WorkSignals) {
        if media { signals.media.raise() }
        if uploads { signals.uploads.raise() }
        if events { signals.events.raise() }
        if unread { signals.unread.raise() }
        if appBatches { signals.appBatches.raise() }
        for (state, count) in ended { signals.onEnded(state, count) }
        for mmsc in mmscs { signals.messages(at: mmsc).raise() }
        for mmsc in cancelling { signals.cancellations(at: mmsc).raise() }
    }
}
