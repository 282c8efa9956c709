package import CurlHTTP
package import GatewayCore

/// Puts media into customers' buckets, trying again before it gives up.
///
/// The address of a bucket is the operator's own choice: no egress policy applies. The caller limits how many uploads
/// go on, and so how much is in memory.
package struct Uploader: Sendable {
    package typealias Send = @Sendable (HTTPRequest) async throws(HTTPFailure) -> HTTPResponse

    private let send: Send
    private let clock: any DomainClock

    package init(client: HTTPClient, clock: any DomainClock) {
        self.init(clock: clock) { (request) async throws(HTTPFailure) in try await client.send(request) }
    }

    init(clock: any DomainClock, send: @escaping Send) {
        self.send = send
        self.clock = clock
    }

    /// The pauses between tries.
    private static let pauses: [Duration] = [.seconds(1), .seconds(5)]

    /// The longest time of one upload to a bucket with this time-out: all tries and the pauses between them.
    package static func longestUpload(timeout: Duration) -> Duration {
        timeout * (pauses.count + 1) + pauses.reduce(.zero, +)
    }

    /// The most tries before the failure is reported.
    package enum Tries: Sendable {
        case one, three
    }

    /// Puts stored media into the bucket.
    ///
    /// - Parameters:
    ///   - bytes: the whole content of the media.
    ///   - key: the key of the new object.
    /// - Returns: and throws: the same as the other function.
    package func upload(
        _ media: StoredMedia, bytes: [UInt8], as key: ObjectKey, to bucket: Bucket, tries: Tries = .three
    ) async throws(CancellationError) -> Result<String, UploadFailure> {
        let object = StorageObject(segments: [bytes[...]], hash: media.hash, contentType: media.contentType)
        return try await upload(object, as: key, to: bucket, tries: tries)
    }

    /// Puts the object into the bucket. Each try writes the same key, so a try whose answer was lost leaves nothing
    /// behind.
    ///
    /// - Returns: the link for customers, or the failure of the last try.
    /// - Throws: `CancellationError` when the task or the client ends meanwhile; the upload is undecided then.
    package func upload(
        _ object: StorageObject, as key: ObjectKey, to bucket: Bucket, tries: Tries = .three
    ) async throws(CancellationError) -> Result<String, UploadFailure> {
        let request = Self.request(putting: object, as: key, into: bucket)
        for pause in tries == .three ? Self.pauses : [] {
            guard let failure = try await put(request) else { return .success(bucket.link(to: key.text)) }
            guard failure.isTemporary else { return .failure(failure) }
            do { try await clock.sleep(until: clock.now() + pause) } catch { throw CancellationError() }
        }
        return try await put(request).map { .failure($0) } ?? .success(bucket.link(to: key.text))
    }

    /// Makes one try; nil where the object was stored.
    private func put(_ request: HTTPRequest) async throws(CancellationError) -> UploadFailure? {
        do throws(HTTPFailure) {
            return UploadFailure(try await send(request))
        } catch {
            if error.kind == .cancelled || error.kind == .shutDown { throw CancellationError() }
            return UploadFailure(error)
        }
    }

    private static func request(putting object: StorageObject, as key: ObjectKey, into bucket: Bucket) -> HTTPRequest {
        var request = bucket.request(.put, key.text, contentHash: object.hash)
        request.headers.append(name: "Content-Type", value: object.contentType)
        request.body = object.segments
        return request
    }
}
