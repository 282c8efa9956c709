import Foundation
import GatewayCore

@testable import Media

/// A store that keeps what it was told of a batch, or fails.
actor MediaStore: MediaQueue {
    enum Call: Equatable {
        case recorded(StoredMedia?)
        case postponed(until: Date, isTry: Bool = true)
        case abandoned(MessageState.Failure)
    }

    private(set) var calls: [Call] = []
    /// What it was told with those that say why.
    private(set) var reasons: [MediaReason?] = []
    /// What the library had of the media when the store was told.
    private(set) var bytesAtRecord: [UInt8]?
    private let library: MediaLibrary?
    private let failure: StoreFailure?
    private let failureToRecord: StoreFailure?
    private var failuresToRecord: Int

    /// - Parameter times: that recording fails.
    init(
        library: MediaLibrary? = nil, failing failure: StoreFailure? = nil,
        failingToRecord failureToRecord: StoreFailure? = nil, times: Int = .max
    ) {
        self.library = library
        self.failure = failure
        self.failureToRecord = failureToRecord ?? failure
        failuresToRecord = times
    }

    /// The media, if it was the first that the store was told of.
    var recorded: StoredMedia? {
        if case .recorded(let media) = calls.first { media } else { nil }
    }

    func batchesWithoutMedia(_ request: MediaRequest) throws(StoreFailure) -> MediaTasks { throw .closed }

    func recordMedia(
        _ media: StoredMedia?, number: Int, for batch: Batch.ID, revision: Int, expansion: Expansion, now: Date
    ) async throws(StoreFailure) {
        calls.append(.recorded(media))
        if let failureToRecord, failuresToRecord > 0 {
            failuresToRecord -= 1
            throw failureToRecord
        }
        if let media { bytesAtRecord = try? await library?.bytes(of: media) }
    }

    func postponeMedia(
        of batch: Batch.ID, revision: Int, until: Date, because reason: MediaReason?, isTry: Bool, now: Date
    ) throws(StoreFailure) {
        calls.append(.postponed(until: until, isTry: isTry))
        reasons.append(reason)
        if let failure { throw failure }
    }

    func abandon(
        _ batch: Batch.ID, revision: Int, because failure: MessageState.Failure, reason: MediaReason?,
        expansion: Expansion, now: Date
    ) throws(StoreFailure) {
        calls.append(.abandoned(failure))
        reasons.append(reason)
        if let failure = self.failure { throw failure }
    }
}
