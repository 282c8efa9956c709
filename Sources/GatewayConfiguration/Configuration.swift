package import ConfigurationReading
package import GatewayCore
package import IPRanges
package import Logging
package import MM7Endpoint
package import Media

/// All that the operator decides: read from one file into one value, checked in full before anything starts.
///
/// The values written here are the defaults of the file.
package struct Configuration: Sendable {
    package var server = Server()
    package var mm7 = MM7Server()
    package var operations = Operations()
    /// Where the store and the media live.
    package var dataDirectory = "/var/lib/mm7-gateway"
    package var store = Store()
    /// Service plans, projects, MMSCs and routes.
    package var directory = Directory()
    /// Private ranges in which media and webhook targets may lie all the same.
    package var egress: [IPRange] = []
    package var webhooks = Webhooks()
    package var media = Media()
    package var inbounds = Inbounds()
    package var submission = Submission()
    /// How long requests and submissions in flight may take to end once the daemon was told to stop.
    package var drain: Duration = .seconds(20)
    package var logLevel = Logger.Level.info
    /// Every key in force as the file would have it, defaults included, secrets masked.
    package var effective = ConfigurationValue.object([])

    /// The defaults.
    package init() {}

    /// The server that customers call.
    package struct Server: Sendable {
        package var listen = ListenAddress(host: "0.0.0.0", port: 8080)
        /// How customers reach this server, without a slash at its end; nil: unknown.
        package var publicURL: String?
        /// The largest body of a request.
        package var requestLimitBytes = 4 << 20
        /// Messages of all customers that no MMSC has taken yet.
        package var queueLimit = 5_000_000
        /// The memory of all bodies at once and of what is decoded of them, those of up to 16 KiB apart.
        package var memoryLimitBytes = 256 << 20
        package var maxConnections = 4096
        /// Connections of one address; nil means half of all.
        package var maxConnectionsPerAddress: Int?
        /// From the first byte of a request to its last.
        package var requestTimeout: Duration = .seconds(30)
        /// A connection without a request is closed after it.
        package var idleTimeout: Duration = .seconds(75)

        /// What links to media begin with.
        package var linkBase: String { publicURL ?? "http://\(listen)" }
    }

    /// The server that MMSCs post to, at `/mm7/{name}`.
    package struct MM7Server: Sendable {
        package var listen = ListenAddress(host: "0.0.0.0", port: 8007)
        /// The largest body of a request, media included.
        package var bodyLimitBytes = 10 << 20
        /// The memory of all bodies at once and of what is decoded of them, those of up to 16 KiB apart.
        package var memoryLimitBytes = 256 << 20
        /// From the last byte of a post to its answer.
        package var answerTimeout: Duration = .seconds(8)
        /// What is done with messages to numbers that are nobody's.
        package var unknownRecipients = UnknownRecipients.refuse
        package var unreadablePosts = UnreadablePosts.refuse
        package var maxConnections = 4096
        /// Connections of one address; nil means half of all.
        package var maxConnectionsPerAddress: Int?
        package var requestTimeout: Duration = .seconds(30)
        package var idleTimeout: Duration = .seconds(75)
    }

    /// Health, readiness and metrics.
    package struct Operations: Sendable {
        package var listen = ListenAddress(host: "127.0.0.1", port: 9090)
        /// Not the operator's to set; the limit of open files may lower it.
        package var maxConnections = 64
    }

    /// The database in the data directory.
    package struct Store: Sendable {
        /// How large it may grow; nil: as the disk allows.
        package var sizeLimitBytes: Int?
        /// For another process to let go of it, a backup for one.
        package var busyTimeout: Duration = .seconds(5)
    }

    package struct Webhooks: Sendable {
        /// From the first try to the second; it doubles from there.
        package var firstDelay: Duration = .seconds(5)
        /// From the first try to the last.
        package var lastDelay: Duration = .seconds(81920)
        /// How long one call may take.
        package var timeout: Duration = .seconds(15)
        /// Calls without an answer yet, at most; half of it for one customer.
        package var maxInFlight = 128
    }

    package struct Media: Sendable {
        /// The most octets of all the media of one message. The SMS REST API promises "under 1 MB".
        package var limitBytes = 1_000_000
        /// How long one download may take.
        package var timeout: Duration = .seconds(60)
        /// Downloads at once, of all customers. So many because most of a download is waiting: at 100 ms an answer they
        /// are 1,280 messages a second for one customer, who has half of them at most.
        package var maxFetches = 256
        /// The memory of downloads and looks together, each counted with `limitBytes`; nil for ten of them, or 320 MB if that is
        /// more.
        package var memoryLimitBytes: Int?
        /// Downloads of one address before the batch is given up.
        package var tries = 3
        /// Uploads into customers' buckets at once, of one file each.
        package var maxUploads = 8
        /// The sum of all pauses between the tries of an upload whose storage is away.
        package var uploadRetry: Duration = .seconds(900)
        package var strict = Strict()
        package var hosting = Hosting()
        package var retention = MediaSweep.Retention()

        /// The fewest files that the memory has room for, so that two customers can be served beside each other.
        package static var leastInMemory: Int { 10 }
    }

    /// What handsets sent.
    package struct Inbounds: Sendable {
        /// How long it is listed, and kept where nobody has its number.
        package var retention = InboundSweep.usualRetention
    }

    /// Links under which stored media can be downloaded.
    package struct Hosting: Sendable {
        /// From the making of a link to its end.
        package var linkLife: Duration = .seconds(14 * 86400)
        /// What links are sealed with, the first, and opened with, all; none: the data directory keeps one.
        package var keys: [Secret] = []
    }

    /// What `strict_validation` asks of media.
    package struct Strict: Sendable {
        package var rules = StrictRules()
        /// For looking at media while the customer waits for an answer; over it, it is looked at when it is sent.
        package var deadline: Duration = .seconds(10)
    }

    package struct Submission: Sendable {
        /// SubmitReqs of one message before it fails. With the longest delay of ten minutes five hundred of them outlast
        /// three days, the longest life of a message: an MMSC may be down for all of it.
        package var maxTries = 500
        /// After the first transient failure; it doubles from there.
        package var firstDelay: Duration = .seconds(5)
        /// Between two tries, at most.
        package var lastDelay: Duration = .seconds(600)
        /// From a message's expiry to the end of waiting for its report: then it is `unknown`.
        package var reportGrace: Duration = .seconds(6 * 3600)
        /// The memory of the contents of messages on their way, and of those kept for the next.
        package var contentMemoryBytes = 64 << 20
    }
}
