import ConfigurationReading
package import GatewayCore
import MM7Endpoint

extension Configuration {
    /// The database: one in the data directory, or that of a PostgreSQL server.
    package struct Store: Sendable {
        /// Where the server is, in the form of libpq; nil for the database in the data directory.
        package var postgresql: Secret?
        /// The password for the server, where the address has none.
        package var password: Secret?
        /// Whether gateways that share the database wake each other by NOTIFY.
        package var notifies = true
        /// What this gateway is called among them; nil: as its machine is.
        package var replicaName: String?
        /// How large it may grow; nil: as the disk allows.
        package var sizeLimitBytes: Int?
        /// How long to wait for another process that locks it, such as a backup.
        package var busyTimeout: Duration = .seconds(5)
    }
}

extension Configuration.Store {
    init(_ reader: ConfigurationReader) {
        reader.read("postgresql", .secret, into: &postgresql)
        reader.read("password", .secret, into: &password)
        if password != nil, postgresql == nil {
            reader.fault("password", "is for the server that store.postgresql names")
        }
        reader.read("notify", .flag, into: &notifies)
        reader.read("replica_name", .text(upTo: 64), into: &replicaName)
        reader.read("size_limit", .size(from: 1 << 20, to: 1 << 44), into: &sizeLimitBytes, reload: .atOnce)
        reader.read("busy_timeout", .duration(from: .milliseconds(10), to: .seconds(20)), into: &busyTimeout)
    }
}

extension Configuration {
    /// What handsets sent.
    package struct Inbounds: Sendable {
        /// How long it is listed, or kept where its number is unowned.
        package var retention = InboundSweep.usualRetention
    }
}

extension Configuration.Inbounds {
    init(_ reader: ConfigurationReader) {
        reader.read("retention", .duration(from: .seconds(86400), to: .seconds(3650 * 86400)), into: &retention)
    }
}
