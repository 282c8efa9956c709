import GatewayCore

/// The signals to raise after a commit, each once however many rows asked for it.
struct CommitSignals {
    var media = false
    var uploads = false
    var events = false
    /// Names of MMSCs at which something became due.
    var mmscs: Set<String> = []
    /// Names of MMSCs that are to take something back.
    var cancelling: Set<String> = []
    /// Messages that came into each final state.
    var ended: [MessageState: Int] = [:]

    /// For whichever of them takes the message.
    mutating func raise(for carriers: Carriers?) {
        for name in carriers?.names ?? [] { mmscs.insert(name) }
    }

    func raise(in signals: WorkSignals) {
        if media { signals.media.raise() }
        if uploads { signals.uploads.raise() }
        if events { signals.events.raise() }
        for (state, count) in ended { signals.onEnded(state, count) }
        for mmsc in mmscs { signals.messages(at: mmsc).raise() }
        for mmsc in cancelling { signals.cancellations(at: mmsc).raise() }
    }
}
