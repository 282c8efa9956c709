package import CurlHTTP
package import GatewayCore

/// Puts media into customers' buckets, trying again before it gives up.
///
/// The address of a bucket is the operator's own choice: no egress policy applies. How many uploads are under way, and
/// so how much is in memory, is the caller's bound.
package struct Uploader: Sendable {
    package typealias Send = @Sendable (HTTPRequest) async throws(HTTPFailure) -> HTTPResponse

    private let send: Send
    private let clock: any WallClock
    private let token: @Sendable () -> String

    package init(client: HTTPClient, clock: any WallClock = SystemClock()) {
        self.init(clock: clock) { (request) async throws(HTTPFailure) in try await client.send(request) }
    }

    /// - Parameter token: gives the unguessable part of a key.
    init(
        clock: any WallClock, token: @escaping @Sendable () -> String = ObjectKey.randomToken, send: @escaping Send
    ) {
        self.send = send
        self.clock = clock
        self.token = token
    }

    /// Between two tries; with them, one upload takes at most three time-outs of its bucket and six seconds.
    private static let pauses: [Duration] = [.seconds(1), .seconds(5)]

    /// Puts stored media into the bucket and says so in the words of an inbound message: with a link and code 0, or
    /// without a link and with the code of the failure, which is given beside it for the log.
    ///
    /// - Parameters:
    ///   - bytes: the whole content of the media.
    ///   - name: its file name as the sender gave it.
    /// - Throws: `CancellationError` when the task or the client ends meanwhile: nothing is decided then.
    package func medium(
        _ media: StoredMedia, bytes: [UInt8], name: String, in bucket: Bucket
    ) async throws(CancellationError) -> (medium: Inbound.Medium, failure: UploadFailure?) {
        let object = StorageObject(
            segments: [bytes[...]], hash: media.hash, contentType: media.contentType, name: name)
        switch try await upload(object, to: bucket) {
        case .success(let url):
            return (Inbound.Medium(contentType: media.contentType, url: url), nil)
        case .failure(let failure):
            return (Inbound.Medium(contentType: media.contentType, url: nil, code: failure.code), failure)
        }
    }

    /// Puts the object into the bucket under a new key. Each try writes the same one, so a try whose answer was lost
    /// leaves nothing behind.
    ///
    /// - Returns: the link for customers, or the failure of the last try.
    /// - Throws: `CancellationError` when the task or the client ends meanwhile.
    package func upload(
        _ object: StorageObject, to bucket: Bucket
    ) async throws(CancellationError) -> Result<String, UploadFailure> {
        let key = ObjectKey(prefix: bucket.prefix, date: clock.now(), token: token(), name: object.name)
        let request = Self.request(putting: object, as: key, into: bucket)
        for pause in Self.pauses {
            guard let failure = try await put(request) else { return .success(bucket.link(to: key.text)) }
            guard failure.isTemporary else { return .failure(failure) }
            do { try await clock.sleep(until: clock.now() + pause) } catch { throw CancellationError() }
        }
        return try await put(request).map { .failure($0) } ?? .success(bucket.link(to: key.text))
    }

    /// nil: it is there.
    private func put(_ request: HTTPRequest) async throws(CancellationError) -> UploadFailure? {
        do throws(HTTPFailure) {
            return UploadFailure(try await send(request))
        } catch {
            if error.kind == .cancelled || error.kind == .shutDown { throw CancellationError() }
            return UploadFailure(error)
        }
    }

    private static func request(putting object: StorageObject, as key: ObjectKey, into bucket: Bucket) -> HTTPRequest {
        var request = HTTPRequest(method: .put, url: bucket.url(of: key.text))
        request.headers = ["Content-Type": object.contentType, "X-Amz-Content-Sha256": object.hash]
        request.body = object.segments
        request.signature = AWSSignature(
            region: bucket.region, service: "s3", accessKeyID: bucket.accessKeyID,
            secretAccessKey: bucket.secretAccessKey.reveal())
        request.timeout = bucket.timeout
        request.responseLimitBytes = answerLimitBytes
        return request
    }

    /// Of an error's XML; an object that was taken has no body.
    private static let answerLimitBytes = 64 << 10
}
