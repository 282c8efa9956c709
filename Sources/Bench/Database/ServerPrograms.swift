import FoundationEssentials
import Glibc

/// The programs of PostgreSQL's server, and the user that they run as.
struct ServerPrograms {
    private let folder: String
    /// Whom root lets run them: they refuse root.
    private let user: passwd?

    private static let userName = "postgres"

    init() throws {
        guard let folder = Self.folder else {
            throw BenchFailure(
                """
                PostgreSQL's server is not installed: install the package postgresql (postgresql-server where packages \
                are RPMs), or name a server by --server
                """)
        }
        self.folder = folder
        guard geteuid() == 0 else {
            user = nil
            return
        }
        guard let entry = getpwnam(Self.userName) else {
            throw BenchFailure("PostgreSQL refuses to run as root, and there is no user \(Self.userName)")
        }
        user = entry.pointee
    }

    /// Whether a server can be started here.
    static var areInstalled: Bool { folder != nil }

    /// The newest that Debian's packages have brought, or what the shell would find.
    private static var folder: String? {
        let root = "/usr/lib/postgresql"
        // Without such a folder there are none of Debian's.
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        let newest = versions.compactMap { Int($0) }.sorted(by: >).map { "\(root)/\($0)/bin" }
            .first { access($0 + "/initdb", X_OK) == 0 }
        return newest ?? installedProgram("initdb").map { String($0.dropLast("/initdb".count)) }
    }

    /// Gives a file to the user whom the programs run as.
    func handOver(_ path: String) throws {
        guard let user else { return }
        guard chown(path, user.pw_uid, user.pw_gid) == 0 else {
            throw BenchFailure("\(path) could not be given to \(Self.userName): \(String(cString: strerror(errno)))")
        }
    }

    /// - Parameters:
    ///   - log: the file that gets its standard error.
    ///   - ending: the signal at which it ends.
    func start(_ program: String, _ arguments: [String], log: String, ending: Int32 = SIGTERM) throws -> ChildProcess {
        let path = "\(folder)/\(program)"
        guard user != nil else { return try ChildProcess(arguments, program: path, errors: log, ending: ending) }
        // Each becomes the next, so that the process is the program's in the end; `runuser` would stay before it. The
        // other user may not have the right to be in the folder of this process.
        let identity = ["--reuid", Self.userName, "--regid", Self.userName, "--init-groups"]
        let words = ["-C", "/", "setpriv"] + identity + ["--", path] + arguments
        return try ChildProcess(words, program: "/usr/bin/env", errors: log, ending: ending)
    }
}

/// The path of a program in the folders in which the shell looks.
func installedProgram(_ name: String) -> String? {
    let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    return folders.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
}
