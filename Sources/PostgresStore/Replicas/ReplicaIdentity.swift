import FoundationEssentials
package import GatewayCore
import Glibc

/// Who a process is among those that share a database.
package struct ReplicaIdentity: Sendable {
    /// The right to the data directory, held as long as the store is open; nil where the process has none.
    package let lock: DirectoryLock?
    /// The identity of the data directory: two processes with the same one do not run at the same time.
    let home: ULID
    /// The start of this machine, which tells it from others and from itself before.
    let boot: String
    /// For people.
    let name: String
    let version: String

    /// - Parameters:
    ///   - home: without it, one that nobody else has.
    ///   - name: without it, the machine's name.
    package init(
        home: ULID? = nil, lock: DirectoryLock? = nil, name: String? = nil, version: String = "", boot: String? = nil
    ) {
        self.boot = boot ?? Self.bootOfMachine
        self.home = home ?? ULIDGenerator().next(at: Date())
        self.lock = lock
        self.name = name ?? Self.machine
        self.version = version
    }

    /// Each process another one where the system does not tell.
    private static var bootOfMachine: String {
        let id = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        return id.map { String($0.prefix { !$0.isNewline }) } ?? ULIDGenerator().next(at: Date()).description
    }

    /// The name of the machine; in a container, that of the container.
    private static var machine: String {
        var octets = [CChar](repeating: 0, count: 256)
        guard gethostname(&octets, octets.count - 1) == 0 else { return "unnamed" }
        return String(decoding: octets.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
