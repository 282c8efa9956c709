import CPostgres
package import GatewayCore

/// Where the database is, as the operator says it.
package struct PostgresServer: Sendable {
    /// A URI, a list of keywords and values, or the name of a service, in the form of libpq. It may have a password.
    private let address: String
    private let password: String?
    /// The steps of the schema that this release knows.
    var migrations = PostgresMigration.all

    package init(_ address: Secret, password: Secret? = nil) {
        (self.address, self.password) = (address.reveal(), password?.reveal())
    }

    /// The address without what may be secret in it.
    package var name: String {
        guard let at = address.lastIndex(of: "@"), let scheme = address.firstRange(of: "://") else {
            return address.split(separator: " ").filter { !$0.hasPrefix("password") }.joined(separator: " ")
        }
        return String(address[..<scheme.upperBound] + address[address.index(after: at)...].prefix { $0 != "?" })
    }

    /// A connection, or one that says why there is none.
    func connect() -> OpaquePointer? {
        var pairs: [(keyword: String, value: String)] = [
            // What the address says comes later, and wins.
            ("fallback_application_name", "mm7-gateway"),
            ("connect_timeout", "5"),
            // Where the address names several hosts, the primary is looked for.
            ("target_session_attrs", "read-write"),
            ("keepalives_idle", "10"), ("keepalives_interval", "3"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "10000"),
            ("dbname", address),
            ("client_encoding", "UTF8"),
        ]
        if let password { pairs.append(("password", password)) }
        return Self.withCStrings(pairs.map(\.keyword)) { keywords in
            // 1: the address may be more than a name of a database.
            Self.withCStrings(pairs.map(\.value)) { values in PQconnectdbParams(keywords, values, 1) }
        }
    }

    /// The texts as a list that ends with a null pointer.
    private static func withCStrings<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        var bytes: [CChar] = []
        var starts: [Int] = []
        for text in texts {
            starts.append(bytes.count)
            bytes.append(contentsOf: text.utf8.lazy.filter { $0 != 0 }.map(CChar.init(bitPattern:)))
            bytes.append(0)
        }
        return bytes.withUnsafeBufferPointer { bytes in
            let pointers = starts.map { start in bytes.baseAddress?.advanced(by: start) } + [nil]
            return pointers.withUnsafeBufferPointer { pointers in
                withUnsafePointer(to: nil as UnsafePointer<CChar>?) { body(pointers.baseAddress ?? $0) }
            }
        }
    }
}
