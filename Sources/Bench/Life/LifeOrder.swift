import ConfigurationReading

/// Which messages go their whole life, and what the peers of the gateway are like meanwhile.
package struct LifeOrder: Sendable {
    /// How many each batch has; every batch is one POST.
    package var recipients = 1
    package var hasOwnPictures = true
    package var pictureBytes = 30_000
    /// How many post at once.
    package var clients = 32
    /// The time that the MMSC takes for an answer.
    package var mmscDelay = Duration.zero
    /// The time that the media server takes for a picture.
    package var mediaDelay = Duration.zero
    /// What the customer is told.
    package var report = Report.perRecipient
    package var amount = Amount.messages(5_000)
    /// Exchanges with the MMSC.
    package var inFlight = 32
    /// Messages that are in the store before, all of them delivered.
    package var stored = 0
    /// Gateways that share the store.
    package var replicas = 1
    /// Whether somebody holds a transaction open meanwhile, which keeps the server from removing old rows.
    package var holdsTransaction = false

    package init() {}

    /// The words of the REST API.
    package enum Report: String, CaseIterable, Sendable, Codable {
        case none, summary, full
        case perRecipient = "per_recipient"
        case perRecipientFinal = "per_recipient_final"
    }

    package enum Amount: Sendable, Equatable {
        case messages(Int)
        /// For so long batches are posted; the rest of their lives comes after that.
        case seconds(Int)
    }

    /// The numbers of the POSTs that are measured. Those before them, which warm everything up, are a tenth as many.
    var posts: Range<Int> {
        guard case .messages(let count) = amount else { return Self.warmUpLimit..<Self.postLimit }
        let posts = max((count + recipients - 1) / recipients, 1)
        let warmUp = warmUp(for: posts)
        return warmUp..<warmUp + posts
    }

    func warmUp(for posts: Int) -> Int { min(max(posts / 10, 1), Self.warmUpLimit) }

    private static let warmUpLimit = 500
    /// A number has seven digits.
    private static let postLimit = 10_000_000

    /// In a line for a person.
    var text: String {
        let pictures = hasOwnPictures ? "a picture of its own" : "one picture for all"
        let batch = recipients == 1 ? "single messages" : "batches of \(recipients)"
        var words = ["\(batch), \(pictures) of \(pictureBytes) bytes, report \(report.rawValue)"]
        if mmscDelay > .zero { words.append("an MMSC that takes \(mmscDelay.text)") }
        if mediaDelay > .zero { words.append("a media server that takes \(mediaDelay.text)") }
        if replicas > 1 { words.append("\(replicas) replicas") }
        if holdsTransaction { words.append("a transaction held open") }
        if stored > 0 { words.append("\(stored) messages in the store") }
        return words.joined(separator: ", ")
    }
}
