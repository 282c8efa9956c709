import GatewayCore
import IPRanges
import Logging
import MM7Endpoint
import Media

/// All that the operator decides: read from one file into one value, checked in full before anything starts.
///
/// The values written here are the defaults of the file.
struct Configuration: Sendable {
    var server = Server()
    var mm7 = MM7Server()
    var operations = Operations()
    /// Where the store and the media live.
    var dataDirectory = "/var/lib/mm7-gateway"
    var store = Store()
    /// Service plans, projects, MMSCs and routes.
    var directory = Directory()
    /// Private ranges in which media and webhook targets may lie all the same.
    var egress: [IPRange] = []
    var webhooks = Webhooks()
    var media = Media()
    var inbounds = Inbounds()
    var submission = Submission()
    /// How long requests and submissions in flight may take to end once the daemon was told to stop.
    var drain: Duration = .seconds(20)
    var logLevel = Logger.Level.info
    /// Every key in force as the file would have it, defaults included, secrets masked.
    var effective = ConfigurationValue.object([])

    /// The server that customers call.
    struct Server: Sendable {
        var listen = ListenAddress(host: "0.0.0.0", port: 8080)
        /// How customers reach this server, without a slash at its end; nil: unknown.
        var publicURL: String?
        /// Of one request's body.
        var requestLimitBytes = 4 << 20
        /// Messages of all customers that no MMSC has taken yet.
        var queueLimit = 5_000_000
        /// The memory of all bodies at once and of what is decoded of them, those of up to 16 KiB apart.
        var memoryLimitBytes = 256 << 20
        var maxConnections = 4096
        /// Connections of one address; nil means half of all.
        var maxConnectionsPerAddress: Int?
        /// From the first byte of a request to its last.
        var requestTimeout: Duration = .seconds(30)
        /// A connection without a request is closed after it.
        var idleTimeout: Duration = .seconds(75)
    }

    /// The server that MMSCs post to, at `/mm7/{name}`.
    struct MM7Server: Sendable {
        var listen = ListenAddress(host: "0.0.0.0", port: 8007)
        /// Of one request's body, media included.
        var bodyLimitBytes = 10 << 20
        /// The memory of all bodies at once and of what is decoded of them, those of up to 16 KiB apart.
        var memoryLimitBytes = 256 << 20
        /// From the last byte of a post to its answer.
        var answerTimeout: Duration = .seconds(8)
        /// What is done with messages to numbers that are nobody's.
        var unknownRecipients = UnknownRecipients.refuse
        var unreadablePosts = UnreadablePosts.refuse
        var maxConnections = 4096
        /// Connections of one address; nil means half of all.
        var maxConnectionsPerAddress: Int?
        var requestTimeout: Duration = .seconds(30)
        var idleTimeout: Duration = .seconds(75)
    }

    /// Health, readiness and metrics.
    struct Operations: Sendable {
        var listen = ListenAddress(host: "127.0.0.1", port: 9090)
        /// Not the operator's to set; the limit of open files may lower it.
        var maxConnections = 64
    }

    /// The database in the data directory.
    struct Store: Sendable {
        /// How large it may grow; nil: as the disk allows.
        var sizeLimitBytes: Int?
        /// For another process to let go of it, a backup for one.
        var busyTimeout: Duration = .seconds(5)
    }

    struct Webhooks: Sendable {
        /// From the first try to the second; it doubles from there.
        var firstDelay: Duration = .seconds(5)
        /// From the first try to the last.
        var lastDelay: Duration = .seconds(81920)
        /// Of one call.
        var timeout: Duration = .seconds(15)
        /// Calls without an answer yet, at most; half of it for one customer.
        var maxInFlight = 128
    }

    struct Media: Sendable {
        /// Of all the media of one message. The SMS REST API promises "under 1 MB".
        var limitBytes = 1_000_000
        /// Of one download.
        var timeout: Duration = .seconds(60)
        /// Downloads at once, of all customers. So many because most of a download is waiting: at 100 ms an answer they
        /// are 1,280 messages a second for one customer, who has half of them at most.
        var maxFetches = 256
        /// The memory of downloads and looks together, each counted with `limitBytes`; nil for ten of them, or 320 MB if that is
        /// more.
        var memoryLimitBytes: Int?
        /// Downloads of one address before the batch is given up.
        var tries = 3
        /// Uploads into customers' buckets at once, of one file each.
        var maxUploads = 8
        /// Of all pauses between the tries of an upload whose storage is away.
        var uploadRetry: Duration = .seconds(900)
        var strict = Strict()
        var hosting = Hosting()
        var retention = MediaSweep.Retention()
    }

    /// What handsets sent.
    struct Inbounds: Sendable {
        /// How long it is listed, and kept where nobody has its number.
        var retention = InboundSweep.usualRetention
    }

    /// Links under which stored media can be downloaded.
    struct Hosting: Sendable {
        /// From the making of a link to its end.
        var linkLife: Duration = .seconds(14 * 86400)
        /// What links are sealed with, the first, and opened with, all; none: the data directory keeps one.
        var keys: [Secret] = []
    }

    /// What `strict_validation` asks of media.
    struct Strict: Sendable {
        var rules = StrictRules()
        /// For looking at media while the customer waits for an answer; over it, it is looked at when it is sent.
        var deadline: Duration = .seconds(10)
    }

    struct Submission: Sendable {
        /// SubmitReqs of one message before it fails. With the longest delay of ten minutes five hundred of them outlast
        /// three days, the longest life of a message: an MMSC may be down for all of it.
        var maxTries = 500
        /// After the first transient failure; it doubles from there.
        var firstDelay: Duration = .seconds(5)
        /// Between two tries, at most.
        var lastDelay: Duration = .seconds(600)
        /// From a message's expiry to the end of waiting for its report: then it is `unknown`.
        var reportGrace: Duration = .seconds(6 * 3600)
        /// The memory of the contents of messages on their way, and of those kept for the next.
        var contentMemoryBytes = 64 << 20
    }
}
