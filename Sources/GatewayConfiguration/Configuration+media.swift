import ConfigurationReading
package import GatewayCore
package import Media
package import Trust

extension Configuration {
    package struct Media: Sendable {
        /// The most octets of all the media of one message. The SMS REST API promises "under 1 MB".
        package var limitBytes = 1_000_000
        /// How long one download may take.
        package var timeout: Duration = .seconds(60)
        /// The most downloads at once, of all customers. They are many because most of a download is waiting: at 100 ms
        /// an answer one customer, who has half of them at most, gets 1,280 messages a second.
        package var maxFetches = 256
        /// The memory of all downloads and looks together, each counted with `limitBytes`; nil for ten of them, or 320
        /// MB if that is more.
        package var memoryLimitBytes: Int?
        /// How often one address is tried before the batch is given up.
        package var tries = 3
        /// The most uploads into customers' buckets at once, of one file each.
        package var maxUploads = 8
        /// The sum of all pauses between the tries of an upload whose storage is away.
        package var uploadRetry: Duration = .seconds(900)
        /// A folder that all gateways of a database have, in the place of the one in the data directory; nil: the
        /// database shares the media.
        package var sharedDirectory: String?
        /// A bucket that all gateways of a database have for the bytes of media; nil: the database has them too.
        package var sharedStorage: Bucket?
        package var strict = Strict()
        package var hosting = Hosting()
        package var retention = MediaSweep.Retention()
        /// How TLS is spoken with the servers that media come from.
        package var trust = TLSTrust()

        /// The fewest files that the memory has room for, so that two customers can be served beside each other.
        package static var leastInMemory: Int { 10 }
    }
}

extension Configuration.Media {
    init(_ reader: ConfigurationReader, _ general: TLSTrust) {
        reader.read("limit", .size(from: 1000, to: 100_000_000), into: &limitBytes)
        reader.read("timeout", .duration(from: .seconds(1), to: .seconds(600)), into: &timeout)
        reader.read("max_fetches", .whole(1...1000), into: &maxFetches)
        reader.read("memory_limit", .size(from: 10_000, to: 64 << 30), into: &memoryLimitBytes)
        if let memoryLimitBytes, memoryLimitBytes < limitBytes * Self.leastInMemory {
            reader.fault(
                at: reader.path.member("memory_limit"),
                "must be at least \(Self.leastInMemory) times media.limit, which is \(limitBytes) bytes")
        }
        reader.read("tries", .whole(1...100), into: &tries)
        reader.read("max_uploads", .whole(1...1000), into: &maxUploads)
        reader.read("upload_retry", .duration(from: .zero, to: .seconds(86400)), into: &uploadRetry)
        reader.read("shared_directory", .text, into: &sharedDirectory)
        sharedStorage = reader.optionalObject("shared_storage") { $0.sharedBucket(general) }
        if sharedStorage != nil, sharedDirectory != nil {
            reader.fault("shared_storage", "and media.shared_directory are two places for the same media; choose one")
        }
        strict = reader.object("strict_validation", Configuration.Strict.init)
        reader.changesAtOnce("tls")
        trust = reader.optionalObject("tls") { $0.trust(beside: general) } ?? general
        hosting = reader.object("hosting", Configuration.Hosting.init)
        retention = reader.object("retention", MediaSweep.Retention.init)
        if hosting.linkLife > retention.age {
            reader.fault(
                at: reader.path.member("hosting").member("link_life"),
                "must not be longer than media.retention.age, which is \(retention.age.text)")
        }
    }
}

extension Configuration {
    /// Links under which stored media can be downloaded.
    package struct Hosting: Sendable {
        /// The time from the making of a link to its end.
        package var linkLife: Duration = .seconds(14 * 86400)
        /// The keys of links: the first seals, all of them open; none: the data directory keeps one.
        package var keys: [Secret] = []
    }
}

extension Configuration.Hosting {
    init(_ reader: ConfigurationReader) {
        reader.read("link_life", .duration(from: .seconds(1), to: .seconds(3650 * 86400)), into: &linkLife)
        keys = reader.list("keys", of: .longKey)
    }
}

extension MediaSweep.Retention {
    fileprivate init(_ reader: ConfigurationReader) {
        self.init()
        reader.read("age", .duration(from: .seconds(3600), to: .seconds(3650 * 86400)), into: &age)
        reader.read("size", .size(from: 1_000_000, to: 1 << 50), into: &sizeBytes)
    }
}
