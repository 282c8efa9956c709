import Glibc

/// By what it is seen that files have changed, without reading them: the times, size and number of each. A link that
/// leads elsewhere now, as Kubernetes renews secrets, leads to a file of another number; rights that were given later
/// change the second of the times alone.
struct FileStamps: Equatable, Sendable {
    private struct Stamp: Equatable, Sendable {
        let device: UInt
        let number: UInt
        let bytes: Int
        let written: Time
        let changed: Time
    }

    private struct Time: Equatable {
        let seconds: Int
        let nanoseconds: Int

        init(_ time: timespec) { (seconds, nanoseconds) = (time.tv_sec, time.tv_nsec) }
    }

    /// By path; nil for a file that is not there.
    private let stamps: [String: Stamp?]

    init(of settings: TLSSettings) {
        var paths = [settings.certificate, settings.key]
        if let authorities = settings.clientCA {
            paths.append(authorities)
            paths += TLSFiles.files(inFolder: authorities) ?? []
        }
        stamps = Dictionary(paths.map { ($0, Self.stamp(of: $0)) }, uniquingKeysWith: { first, _ in first })
    }

    private static func stamp(of path: String) -> Stamp? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Stamp(
            device: UInt(status.st_dev), number: UInt(status.st_ino), bytes: Int(status.st_size),
            written: Time(status.st_mtim), changed: Time(status.st_ctim))
    }
}
