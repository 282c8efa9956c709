import ConfigurationReading
import FoundationEssentials
package import GatewayCore
import HTTPServing

extension Configuration {
    /// Health, readiness and metrics.
    package struct Operations: Sendable {
        package var listen = ListenAddress(host: "127.0.0.1", port: 9090)
        /// The most connections. The operator cannot set it; the limit of open files may lower it.
        package var maxConnections = 64
        /// Those who may ask, by HTTP Basic; where there is none, everybody may who reaches the port.
        package var users: [User] = []
        package var probes = Probes.open
        package var tls: Configuration.ServerTLS?

        package struct User: Sendable, Equatable {
            package var username: String
            package var password: KnownSecret

            package init(username: String, password: KnownSecret) {
                self.username = username
                self.password = password
            }
        }

        /// Whether `/healthz` and `/readyz` ask for credentials where there are users.
        package enum Probes: String, CaseIterable, Sendable {
            case open, protected
        }
    }
}

extension Configuration.Operations {
    init(_ reader: ConfigurationReader) {
        reader.read("listen", .listenAddress, into: &listen)
        reader.changesAtOnce("users")
        var names: [String: ConfigurationPath] = [:]
        users = reader.objects("users") { reader -> User? in
            let name = reader.uniqueName("username", in: &names, "give each user its own")
            guard let password = reader.required("password", .knownSecret) else { return nil }
            return User(username: name, password: password)
        }.compactMap(\.self)
        reader.read("probes", .word(), into: &probes, reload: .atOnce)
        tls = reader.serverTLS()
    }

    /// The Authorization header with which this machine's commands ask; nil where no password is known in plain text.
    package var authorization: Secret? {
        for user in users {
            guard let password = user.password.text else { continue }
            return Secret("Basic " + Data("\(user.username):\(password.reveal())".utf8).base64EncodedString())
        }
        return nil
    }

    /// Whether strangers may ask for figures: without users or certificates of theirs, at an address that is not this
    /// machine's own.
    var isOpenToOthers: Bool {
        let isOwn = listen.host == "localhost" || listen.host == "::1" || listen.host.hasPrefix("127.")
        return users.isEmpty && !isOwn && tls?.settings.clientCertificates != .required
    }
}
