import ConfigurationReading

extension Configuration {
    /// The server that customers call.
    package struct Server: Sendable {
        package var listen = ListenAddress(host: "0.0.0.0", port: 8080)
        /// Where it serves the batches of the Conversation API, whose paths are also others' paths; nil: nowhere.
        package var batchListen: ListenAddress?
        /// How customers reach this server, without a slash at its end; nil: unknown.
        package var publicURL: String?
        /// The largest body of a request.
        package var requestLimitBytes = 4 << 20
        /// The most messages of all customers that no MMSC has taken yet.
        package var queueLimit = 5_000_000
        /// The memory of all bodies at once and of what is decoded of them, without those of up to 16 KiB.
        package var memoryLimitBytes = 256 << 20
        package var maxConnections = 4096
        /// The most connections of one address; nil means half of all.
        package var maxConnectionsPerAddress: Int?
        /// The time from the first byte of a request to its last.
        package var requestTimeout: Duration = .seconds(30)
        /// After this time a connection without a request is closed.
        package var idleTimeout: Duration = .seconds(75)

        /// Nil: it speaks plainly. The server of batches speaks as this one does.
        package var tls: Configuration.ServerTLS?

        /// The beginning of links to media.
        package var linkBase: String { publicURL ?? "\(tls == nil ? "http" : "https")://\(listen)" }
    }
}

extension Configuration.Server {
    init(_ reader: ConfigurationReader) {
        reader.read("listen", .listenAddress, into: &listen)
        reader.read("batch_listen", .listenAddress, into: &batchListen)
        reader.read("public_url", .baseURL, into: &publicURL)
        reader.read("request_limit", .size(from: 1 << 10, to: 64 << 20), into: &requestLimitBytes)
        reader.read("memory_limit", .size(from: 1 << 20, to: 64 << 30), into: &memoryLimitBytes)
        reader.read("queue_limit", .whole(1...1_000_000_000), into: &queueLimit)
        reader.read("max_connections", .whole(1...1_000_000), into: &maxConnections)
        reader.read("max_connections_per_address", .whole(1...1_000_000), into: &maxConnectionsPerAddress)
        reader.read("request_timeout", .duration(from: .seconds(1), to: .seconds(3600)), into: &requestTimeout)
        reader.read("idle_timeout", .duration(from: .seconds(1), to: .seconds(3600)), into: &idleTimeout)
        tls = reader.serverTLS(offersHTTP2: true)
    }
}
