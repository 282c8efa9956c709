import Crypto
import GatewayCore
import Synchronization

/// The media that all gateways share, as the library of one of them uses it.
final class SharedContent: Sendable {
    let media: any SharedMedia
    private let recent = RecentNames()
    private let arrivals = Mutex<[String: Task<Result<Bool, DiskFailure>, Never>]>([:])

    init(_ media: any SharedMedia) {
        self.media = media
    }

    /// Whether this process has kept the content lately, so that nobody removes it yet.
    func isRecent(_ hash: String) -> Bool { recent.contains(hash) }

    /// Keeps content, or renews its age: nearly always another message had it before.
    func keep(_ bytes: ArraySlice<UInt8>, as hash: String) async throws(DiskFailure) {
        guard !recent.contains(hash) else { return }
        do throws(StoreFailure) {
            if try await !media.renew(hash) { try await media.keep(Array(bytes), as: hash) }
        } catch {
            throw DiskFailure(ofSharedMedia: error)
        }
        recent.insert(hash)
    }

    /// The content, compared with its name; nil where it is not kept.
    func bytes(of hash: String) async throws(DiskFailure) -> [UInt8]? {
        let found: [UInt8]?
        do throws(StoreFailure) { found = try await media.bytes(of: hash) } catch {
            throw DiskFailure(ofSharedMedia: error)
        }
        guard let found else { return nil }
        guard SHA256.hash(data: found).hexadecimal == hash else {
            throw DiskFailure(otherContentAs: hash)
        }
        return found
    }

    /// Does the work that makes a file of content once, however many callers wait for it; each gets what it brought
    /// about.
    func arrival(
        of hash: String, _ work: @escaping @Sendable () async throws(DiskFailure) -> Bool
    ) async throws(DiskFailure) -> Bool {
        let task = arrivals.withLock { tasks in
            if let task = tasks[hash] { return task }
            // Every caller awaits it, and it ends with the work.
            let task = Task {
                let result: Result<Bool, DiskFailure>
                do throws(DiskFailure) { result = .success(try await work()) } catch { result = .failure(error) }
                self.arrivals.withLock { $0[hash] = nil }
                return result
            }
            tasks[hash] = task
            return task
        }
        return try await task.value.get()
    }
}

extension DiskFailure {
    /// - Parameter failure: of the database that has the media which all gateways share.
    init(ofSharedMedia failure: StoreFailure) { self.init(ofSharedMedia: failure.description) }

    init(ofSharedMedia reason: String) { self.init(inDataDirectory: "the shared media cannot be used: \(reason)") }

    /// - Parameter hash: what the content is called, wrongly.
    init(otherContentAs hash: String) {
        self.init(
            ofSharedMedia: "what they have as \(hash) is other content: the row of the table medium, or its object in "
                + "the bucket, was changed; remove the row, and put the content back from a backup if messages need it")
    }
}
