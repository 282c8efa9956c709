import Dispatch
import FoundationEssentials
import GatewayCore
import Glibc
import MM7
import Synchronization

/// Keeps the newest posts that nobody could read, masked, in files of the data directory, for `show --unreadable`.
///
/// It costs an MMSC's post nothing but a look at the clock: one of each kind in ten seconds is kept, by a thread of its
/// own, and none while that is still at work. They are of use to people alone, so nothing depends on them: what cannot
/// be written is left out.
final class RecentUnreadable: Sendable {
    /// The most posts of one MMSC.
    static let limit = 20
    /// The time in which one post of a kind is kept.
    static let pause = Duration.seconds(10)

    private struct Kind: Hashable {
        let mmsc: String
        let code: MM7Error.Code
    }

    private struct State {
        var isWriting = false
        var kept: [Kind: MonotonicClock.Instant] = [:]
    }

    private let folder: String
    private let clock: any DomainClock
    private let monotonic: MonotonicClock
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "unreadable posts")

    init(dataDirectory: String, clock: any DomainClock, monotonic: MonotonicClock) {
        folder = UnreadablePost.folder(in: dataDirectory)
        self.clock = clock
        self.monotonic = monotonic
    }

    /// - Parameter mmsc: one of the configuration: the kinds are as few as these and the codes of errors.
    func keep(_ body: [UInt8], contentType: String?, because error: MM7Error, from mmsc: String) {
        guard begin(Kind(mmsc: mmsc, code: error.code)) else { return }
        let (start, count, now) = (Array(body.prefix(UnreadablePost.limitBytes)), body.count, clock.now())
        queue.async { [self] in
            let post = UnreadablePost(
                start[...], of: count, contentType: contentType, because: error, from: mmsc, at: now)
            write(post, at: now)
            state.withLock { $0.isWriting = false }
        }
    }

    /// Returns once everything is written.
    func settle() async {
        await withCheckedContinuation { continuation in queue.async { continuation.resume() } }
    }

    private func begin(_ kind: Kind) -> Bool {
        let now = monotonic.now
        return state.withLock { state in
            if state.isWriting { return false }
            if let last = state.kept[kind], now - last < Self.pause { return false }
            state.kept[kind] = now
            state.isWriting = true
            return true
        }
    }

    private func write(_ post: UnreadablePost, at time: Date) {
        mkdir(folder, 0o700)
        // As many digits for the next centuries, so that names in their order are the posts in theirs.
        let name = "\(folder)/\(post.mmsc)@\(time.milliseconds).json"
        let draft = name + ".draft"
        let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        let bytes = post.bytes
        let isWritten = Glibc.write(file, bytes, bytes.count) == bytes.count
        close(file)
        guard isWritten, rename(draft, name) == 0 else {
            unlink(draft)
            return
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        // A draft of an earlier process counts as the oldest.
        for old in names.filter({ $0.hasPrefix(post.mmsc + "@") }).sorted().dropLast(Self.limit) {
            unlink("\(folder)/\(old)")
        }
    }
}
