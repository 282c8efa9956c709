package import FoundationEssentials

/// A batch that has begun and is not ready to be sent: its media have to be fetched one by one, if it has any.
package struct MediaTask: Sendable, Equatable, Identifiable {
    package let batch: Batch.ID
    /// The revision of the batch: an update in between may want other media.
    package let revision: Int
    /// The customer's queue at the server that the medium comes from.
    package let queue: MediaSource
    /// Which of the batch's media it is, from 0; those before it are here.
    package let number: Int
    /// Nil where there is none to fetch.
    package let url: String?
    /// Whether the media has to keep the rules of strict validation.
    package let isStrict: Bool
    /// How often it was tried before.
    package let tries: Int
    package let expireAt: Date
    /// That of the batch.
    package let trace: Trace?

    package var id: Batch.ID { batch }

    package init(
        batch: Batch.ID, revision: Int = 0, queue: MediaSource, number: Int = 0, url: String?, isStrict: Bool = false,
        tries: Int, expireAt: Date, trace: Trace? = nil
    ) {
        self.batch = batch
        self.revision = revision
        self.queue = queue
        self.number = number
        self.trace = trace
        self.url = url
        self.isStrict = isStrict
        self.tries = tries
        self.expireAt = expireAt
    }
}

/// A customer's media at one server: it waits in one queue, and where the server hangs for this customer, it holds up
/// nobody else.
package struct MediaSource: Hashable, Sendable {
    package let owner: Owner
    /// Empty for texts that travel alone, which need none.
    package let server: WebServer

    package init(owner: Owner, server: WebServer) {
        self.owner = owner
        self.server = server
    }
}

/// How downloads are shared: owners are customers, targets their media at one server.
package typealias MediaShare = FairShare<Owner, MediaSource>

/// A request for what is to be fetched next.
package struct MediaRequest: Sendable {
    /// The downloads in progress, which decide whose come next.
    package var share: MediaShare
    /// The most batches to return.
    package var limit: Int
    package var now: Date
    /// The batches in progress: they are not returned again.
    package var ongoing: [Batch.ID: MediaSource]
    /// Where the last look ended, if it did not see all queues.
    package var cursor: MediaCursor?

    package init(
        share: MediaShare, limit: Int, now: Date, ongoing: [Batch.ID: MediaSource] = [:], cursor: MediaCursor? = nil
    ) {
        self.share = share
        self.limit = limit
        self.now = now
        self.ongoing = ongoing
        self.cursor = cursor
    }
}

/// How far the queues of media were looked through, in an order that only the store knows.
package struct MediaCursor: Sendable, Equatable {
    package let owner: Int
    package let server: String

    package init(owner: Int, server: String) {
        self.owner = owner
        self.server = server
    }
}

/// What is to be fetched next.
package struct MediaTasks: Sendable, Equatable {
    package var tasks: [MediaTask]
    /// Where to go on; nil where all queues were seen.
    package var cursor: MediaCursor?

    package init(_ tasks: [MediaTask], cursor: MediaCursor? = nil) {
        self.tasks = tasks
        self.cursor = cursor
    }
}

/// How far a batch is that waits for its media.
package struct MediaWait: Sendable, Equatable {
    /// Tries of its server so far.
    package let tries: Int
    /// When it is tried next.
    package let dueAt: Date
    /// What came of the last try.
    package let reason: String?

    package init(tries: Int, dueAt: Date, reason: String?) {
        self.tries = tries
        self.dueAt = dueAt
        self.reason = reason
    }
}

/// Why the media of a batch could not be had.
package struct MediaReason: Sendable, Equatable {
    /// For the customer.
    package let sentence: String
    /// libcurl's words, for the operator, where the customer reads the sentence.
    package let words: PeerText?

    package init(_ sentence: String, words: PeerText? = nil) {
        self.sentence = sentence
        self.words = words
    }
}

extension MediaReason: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self.init(value) }
}

/// A file of media in the data directory, named by its content.
package struct StoredMedia: Sendable, Hashable {
    /// SHA-256 of the bytes, 64 hexadecimal digits in lower case.
    package let hash: String
    /// In lower case and without parameters, `image/jpeg`; a text that could not be turned into UTF-8 has its charset.
    package let contentType: String
    package let byteCount: Int
    /// What its server called it, if it said so.
    package var name: String?

    package init(hash: String, contentType: String, byteCount: Int, name: String? = nil) {
        self.hash = hash
        self.contentType = contentType
        self.byteCount = byteCount
        self.name = name
    }
}
