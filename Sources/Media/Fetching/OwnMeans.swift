import Glibc

/// What this process needs of its machine for any download.
enum OwnMeans {
    /// Whether no file descriptor can be had now: then a connection or a lookup that failed says nothing of the peer.
    static var areUsedUp: Bool {
        let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [EMFILE, ENFILE, ENOMEM].contains(errno) }
        close(descriptor)
        return false
    }
}
