import SQLStore

/// What the server promises of a commit, as it was set when the store was opened.
package struct Durability: Sendable, Equatable {
    /// Whether a commit waits for a standby: without one, the loss of the server's disk is the loss of what was accepted.
    package let hasSynchronousStandby: Bool
    /// The server's version as it says it, such as `15.8`.
    package let version: String
}

extension PostgresDriver {
    /// - Throws: when the server is too old, or a commit that it has answered could be lost with its power.
    func durability() throws(SQLError) -> Durability {
        let doing = "asking for the server's settings"
        let number = try setting("server_version_num", doing: doing).flatMap { Int($0) } ?? 0
        let version = try setting("server_version", doing: doing) ?? "unknown"
        guard number >= 140_000 else {
            throw .refused("the server is PostgreSQL \(version), and 14 or later is needed")
        }
        for name in ["fsync", "full_page_writes"] {
            guard try setting(name, doing: doing) == "on" else {
                throw .refused(
                    "\(name) is off on the server: what is accepted could be lost with its power. Set it to on in postgresql.conf"
                )
            }
        }
        guard let commits = try setting("synchronous_commit", doing: doing), commits != "off" else {
            throw .refused(
                "synchronous_commit is off: what is accepted could be lost with the server's power. Set it to on, in "
                    + "postgresql.conf or for this database and user by ALTER ROLE")
        }
        let standbys = try setting("synchronous_standby_names", doing: doing) ?? ""
        return Durability(hasSynchronousStandby: !standbys.isEmpty && commits != "local", version: version)
    }

    private func setting(_ name: String, doing: String) throws(SQLError) -> String? {
        try query("SHOW \(name)", doing: doing).text(0, 0)
    }
}
