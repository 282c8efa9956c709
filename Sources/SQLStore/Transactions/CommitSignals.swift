import GatewayCore

/// The signals to raise after a commit, each once, however many rows caused it.
package struct CommitSignals: Sendable {
    package var media = false
    package var uploads = false
    package var events = false
    package var unread = false
    package var appBatches = false
    /// An app or a webhook was changed, which other processes have to know.
    package var apps = false
    /// Names of MMSCs at which something became due.
    package var mmscs: Set<String> = []
    /// Names of MMSCs at which something is to be taken back.
    package var cancelling: Set<String> = []
    /// How many messages reached each final state.
    var ended: [MessageState: Int] = [:]

    package init() {}

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
