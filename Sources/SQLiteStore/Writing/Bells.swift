import GatewayCore

/// The bells to ring after a commit, each once however many rows asked for it.
struct Bells {
    var media = false
    var events = false
    /// Names of MMSCs at which something became due.
    var mmscs: Set<String> = []

    func ring(_ signals: WorkSignals) {
        if media { signals.media.ring() }
        if events { signals.events.ring() }
        for mmsc in mmscs { signals.messages(at: mmsc).ring() }
    }
}
