import FoundationEssentials
import GatewayCore
import Media
import Telemetry

/// One go at the files of a message that are not in their bucket yet.
///
/// It ends with the first file whose storage is away or busy: the others would meet the same, each for as long as a
/// time-out. The next round begins with another file, so that one which a storage never takes does not keep out the rest.
struct UploadRound: Sendable {
    let library: MediaLibrary
    let uploader: Uploader
    let directory: CurrentDirectory
    let clock: any DomainClock
    let telemetry: Telemetry
    let log: UploadLog
    let permits: UploadPermits

    struct Progress: Sendable {
        /// All files of the message, those of earlier rounds included.
        var media: [Inbound.Medium]
        /// Why there are files left that another round may put there; nil when there are none.
        var failure: UploadFailure?
        /// What the round says of the storage: what came of the last file that it was asked to take.
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

    /// What is left of it has failed for good.
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

    /// Tries quickly again only where nothing is known against the storage: a round of one that hangs is one time-out.
    private func upload(
        _ media: StoredMedia, bytes: [UInt8], as key: ObjectKey, to bucket: Bucket, of claim: UploadClaim
    ) async throws(CancellationError) -> Result<String, UploadFailure> {
        let isDoubtful = claim.tries > 0 || permits.isDoubtful(claim.owner)
        return try await uploader.upload(
            media, bytes: bytes, as: key, to: bucket, tries: isDoubtful ? .one : .three)
    }

    /// A disk that fails is asked again, as a storage is: a process may be out of files for a moment. A file that is gone
    /// does not come back.
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
    /// Neither uploaded nor failed.
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
