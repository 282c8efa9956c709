import GatewayCore
import SQLStore

/// Signals as words that processes send each other.
extension CommitSignals {
    /// What another process may have to do with.
    var words: [String] {
        let kinds: [(isRung: Bool, word: String)] = [
            (media, "media"), (uploads, "uploads"), (events, "events"), (unread, "unread"),
            (appBatches, "app_batches"), (apps, "apps"),
        ]
        return kinds.filter(\.isRung).map(\.word) + mmscs.map { WorkSignals.laneWord + $0 }
            + cancelling.map { WorkSignals.cancelWord + $0 }
    }
}

extension WorkSignals {
    static let everything = "everything"
    static let laneWord = "lane/"
    static let cancelWord = "cancel/"

    /// Raises the signal that a word means; a word of a later release means nothing.
    func raise(_ word: String) {
        switch word {
        case "media": media.raise()
        case "uploads": uploads.raise()
        case "events": events.raise()
        case "unread": unread.raise()
        case "app_batches": appBatches.raise()
        case "apps": apps.raise()
        case Self.everything: raiseAll()
        default:
            if word.hasPrefix(Self.laneWord) {
                messages(at: String(word.dropFirst(Self.laneWord.count))).raise()
            } else if word.hasPrefix(Self.cancelWord) {
                cancellations(at: String(word.dropFirst(Self.cancelWord.count))).raise()
            }
        }
    }
}
