package import GatewayConfiguration
import Glibc

/// How many files and connections this process may have open at once, as the system limits it.
package enum OpenFiles {
    /// The files kept for other uses than the servers' connections: the database, media that is read, calls that go
    /// out. Of a smaller limit it is half.
    private static let others = 1000
    /// The fewest connections to one server, however little there is.
    private static let least = 8

    /// Raises the limit to all that the system grants: shells and container engines begin with 1,024.
    ///
    /// - Returns: the limit; nil where the system does not say.
    package static func raiseLimit() -> Int? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        if limit.rlim_cur < limit.rlim_max {
            var raised = limit
            raised.rlim_cur = limit.rlim_max
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
        }
        return Int(clamping: limit.rlim_cur)
    }

    /// The bounds of each server with which all of them leave enough for what goes out and for files; in their proportion.
    static func fitted(_ bounds: [Int], into files: Int) -> [Int] {
        let wanted = bounds.reduce(0, +)
        let room = files - min(others, files / 2)
        guard wanted > room else { return bounds }
        return bounds.map { max(Int(Double($0) * Double(room) / Double(wanted)), min($0, least)) }
    }
}

extension Configuration {
    /// Lets the servers take no more connections than the limit of open files leaves, because without files neither
    /// MMSCs nor webhooks are called, and nothing is stored.
    ///
    /// - Returns: whether they had to be lowered.
    package mutating func fitConnections(into files: Int) -> Bool {
        let bounds = [server.maxConnections, mm7.maxConnections, operations.maxConnections]
        let fitted = OpenFiles.fitted(bounds, into: files)
        (server.maxConnections, mm7.maxConnections, operations.maxConnections) = (fitted[0], fitted[1], fitted[2])
        return fitted != bounds
    }
}
