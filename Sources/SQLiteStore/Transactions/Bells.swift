import GatewayCore

/// The bells to ring after a commit, each once however many rows asked for it.
struct Bells {
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
    mutating func ring(_ carriers: Carriers?) {
        for name in carriers?.names ?? [] { mmscs.insert(name) }
    }

    func ring(_ signals: WorkSignals) {
        if media { signals.media.ring() }
        if uploads { signals.uploads.ring() }
        if events { signals.events.ring() }
        for (state, count) in ended { signals.onEnded(state, count) }
        for mmsc in mmscs { signals.messages(at: mmsc).ring() }
        for mmsc in cancelling { signals.cancellations(at: mmsc).ring() }
    }
}
