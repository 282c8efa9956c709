import ConfigurationReading
package import MM7Endpoint

extension Configuration {
    /// The server that MMSCs post to, at `/mm7/{name}`.
    package struct MM7Server: Sendable {
        package var listen = ListenAddress(host: "0.0.0.0", port: 8007)
        /// The largest body of a request, media included.
        package var bodyLimitBytes = 10 << 20
        /// The memory of all bodies at once and of what is decoded of them, without those of up to 16 KiB.
        package var memoryLimitBytes = 256 << 20
        /// The time from the last byte of a post to its answer.
        package var answerTimeout: Duration = .seconds(8)
        /// What is done with messages to numbers that no customer has.
        package var unknownRecipients = UnknownRecipients.refuse
        package var unreadablePosts = UnreadablePosts.refuse
        package var maxConnections = 4096
        /// The most connections of one address; nil means half of all.
        package var maxConnectionsPerAddress: Int?
        package var requestTimeout: Duration = .seconds(30)
        package var idleTimeout: Duration = .seconds(75)
        package var tls: Configuration.ServerTLS?
    }
}

extension Configuration.MM7Server {
    init(_ reader: ConfigurationReader) {
        reader.read("listen", .listenAddress, into: &listen)
        reader.read("body_limit", .size(from: 10_000, to: 256 << 20), into: &bodyLimitBytes)
        reader.read("memory_limit", .size(from: 1 << 20, to: 64 << 30), into: &memoryLimitBytes)
        reader.read("answer_timeout", .duration(from: .seconds(1), to: .seconds(300)), into: &answerTimeout)
        reader.read("unknown_recipients", .word(), into: &unknownRecipients, reload: .atOnce)
        reader.read("unreadable", .word(), into: &unreadablePosts)
        reader.read("max_connections", .whole(1...1_000_000), into: &maxConnections)
        reader.read("max_connections_per_address", .whole(1...1_000_000), into: &maxConnectionsPerAddress)
        reader.read("request_timeout", .duration(from: .seconds(1), to: .seconds(3600)), into: &requestTimeout)
        reader.read("idle_timeout", .duration(from: .seconds(1), to: .seconds(3600)), into: &idleTimeout)
        tls = reader.serverTLS()
    }
}
