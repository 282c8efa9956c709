import Glibc

/// How many files and connections this process may have open at once, as the system limits it.
enum OpenFiles {
    /// Beside connections: the database, media that is read, calls that go out.
    private static let others = 1000

    /// Takes all that the system grants: shells and container engines begin with 1,024.
    ///
    /// - Returns: what there is, where that is less than so many connections need.
    static func raiseLimit(forConnections connections: Int) -> Int? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        if limit.rlim_cur < limit.rlim_max {
            var raised = limit
            raised.rlim_cur = limit.rlim_max
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
        }
        let count = Int(clamping: limit.rlim_cur)
        return count < connections + others ? count : nil
    }
}
