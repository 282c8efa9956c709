import FoundationEssentials
import GatewayCore
import Media
import Spans
import Telemetry

/// One round of uploads: the files of a message that are not in their bucket yet.
///
/// It ends with the first file for which the storage is unavailable or busy, since each other file would take a
/// time-out as well. The next round begins with another file, so that a file which the storage never takes does not
/// block the rest.
struct UploadRound: Sendable {
    let library: MediaLibrary
    let uploader: Uploader
    let directory: CurrentDirectory
    let clock: any DomainClock
    let telemetry: Telemetry
    let log: UploadLog
    let permits: UploadPermits
    let spans: Spans

    struct Progress: Sendable {
        /// All files of the message, those of earlier rounds included.
        var media: [Inbound.Medium]
        /// Why there are files left for another round; nil when there are none.
        var failure: UploadFailure?
        /// What the round says about the storage, by the result of its last file.
        var ending: UploadRequest.Share.Ending = .silent
    }

    func run(_ claim: UploadClaim) async throws(CancellationError) -> Progress {
        let bucket = directory.now.customer(claim.owner)?.storage
        var progress = Progress(media: claim.inbound.media)
        for (index, file, stored) in Self.openFiles(of: claim) {
            guard let bucket else {
                // A reload took the bucket away: the gateway makes the links.
                telemetry.uploaded(.kept)
                continue
            }
            let key = ObjectKey(of: file, at: index, in: claim, bucket: bucket)
            let result: Result<String, UploadFailure>
            switch try await bytes(of: stored) {
            case .success(let bytes):
                result = try await upload(stored, bytes: bytes, as: key, to: bucket, of: claim)
                progress.ending = .init(result)
            case .failure(let failure):
                result = .failure(failure)
            }
            switch result {
            case .success(let url):
                progress.media[index] = progress.media[index].uploaded(to: url)
                telemetry.uploaded(.uploaded)
                log.storageTakes(for: claim.owner)
            case .failure(let failure) where failure.isTemporary:
                progress.failure = failure
                return progress
            case .failure(let failure):
                progress.media[index] = progress.media[index].failed(code: failure.code)
                telemetry.uploaded(UploadOutcome(failure))
                log.storageFailed(for: claim, failure)
            }
        }
        return progress
    }

    /// Marks the remaining files as failed for good.
    func giveUp(_ media: [Inbound.Medium], because failure: UploadFailure) -> [Inbound.Medium] {
        media.map { medium in
            guard medium.isOpen else { return medium }
            telemetry.uploaded(UploadOutcome(failure))
            return medium.failed(code: failure.code)
        }
    }

    private static func openFiles(
        of claim: UploadClaim
    ) -> [(index: Int, file: Inbound.Medium.File, stored: StoredMedia)] {
        var open: [(index: Int, file: Inbound.Medium.File, stored: StoredMedia)] = []
        for (index, medium) in claim.inbound.media.enumerated() {
            guard medium.isOpen, let file = medium.file, let stored = medium.stored else { continue }
            open.append((index, file, stored))
        }
        guard !open.isEmpty else { return [] }
        let start = claim.tries % open.count
        return Array(open[start...] + open[..<start])
    }

    /// Repeats quickly only where the storage is not in doubt, so that a round with a storage that hangs takes one
    /// time-out.
    private func upload(
        _ media: StoredMedia, bytes: [UInt8], as key: ObjectKey, to bucket: Bucket, of claim: UploadClaim
    ) async throws(CancellationError) -> Result<String, UploadFailure> {
        let isDoubtful = claim.tries > 0 || permits.isDoubtful(claim.owner)
        let span = spans.begin("media upload", .client, in: claim.inbound.trace)
        span.calls(bucket.url(of: key.text), method: "PUT")
        span.set("http.request.body.size", bytes.count)
        do throws(CancellationError) {
            let result = try await uploader.upload(
                media, bytes: bytes, as: key, to: bucket, tries: isDoubtful ? .one : .three)
            if case .failure = result { span.end(failed: true) } else { span.end() }
            return result
        } catch {
            span.end(failed: true)
            throw error
        }
    }

    /// Reads the content. A failed read is repeated like an upload, since the process may lack file descriptors for a
    /// moment; a file that is gone does not come back.
    private func bytes(of media: StoredMedia) async throws(CancellationError) -> Result<[UInt8], UploadFailure> {
        var result = await read(media)
        for pause in Self.pausesOfDisk {
            guard case .failure(let failure) = result, failure.isTemporary else { break }
            do { try await clock.sleep(until: clock.now() + pause) } catch { throw CancellationError() }
            result = await read(media)
        }
        return result
    }

    private func read(_ media: StoredMedia) async -> Result<[UInt8], UploadFailure> {
        do throws(DiskFailure) {
            guard try await library.open(media.hash) != nil else {
                return .failure(.refused("the file is not in the data directory any more"))
            }
            return .success(try await library.bytes(of: media))
        } catch {
            return .failure(.temporary(PeerText(error.description)))
        }
    }

    private static let pausesOfDisk: [Duration] = [.seconds(1), .seconds(5)]
}

extension Inbound.Medium {
    /// Whether the file is neither uploaded nor failed.
    fileprivate var isOpen: Bool { url == nil && code == 0 && file != nil }
}

extension UploadOutcome {
    fileprivate init(_ failure: UploadFailure) {
        self =
            switch failure {
            case .temporary, .refused: .failed
            case .bucket: .bucket
            case .key: .key
            }
    }
}
