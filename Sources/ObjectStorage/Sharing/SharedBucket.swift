import Crypto
package import CurlHTTP
package import GatewayCore

/// The bucket that all gateways of a database share for media, behind the API of S3.
///
/// What may pass is tried twice more; then the caller, who has a longer patience of its own, is told.
package struct SharedBucket: ContentStorage {
    private let bucket: Bucket
    private let clock: any DomainClock
    private let send: Uploader.Send

    package init(_ bucket: Bucket, client: HTTPClient, clock: any DomainClock) {
        self.init(bucket, clock: clock) { (request) async throws(HTTPFailure) in try await client.send(request) }
    }

    init(_ bucket: Bucket, clock: any DomainClock, send: @escaping Uploader.Send) {
        (self.bucket, self.clock, self.send) = (bucket, clock, send)
    }

    package func put(_ bytes: [UInt8], hash: String, as name: String) async throws(StoreFailure) {
        var request = request(.put, name, contentHash: hash)
        request.headers.append(name: "Content-Type", value: "application/octet-stream")
        request.body = [bytes[...]]
        _ = try await answer(to: request)
    }

    package func bytes(of name: String, byteCount: Int) async throws(StoreFailure) -> [UInt8]? {
        var request = request(.get, name, contentHash: Self.hashOfNothing)
        // An error in the place of a small object has to be understood too.
        request.responseLimitBytes = max(byteCount, Bucket.answerLimitBytes)
        return try await answer(to: request)?.body
    }

    package func remove(_ name: String) async throws(StoreFailure) {
        _ = try await answer(to: request(.delete, name, contentHash: Self.hashOfNothing))
    }

    private func request(_ method: HTTPMethod, _ name: String, contentHash hash: String) -> HTTPRequest {
        bucket.request(method, bucket.prefix + name, contentHash: hash)
    }

    /// - Returns: nil where there is no such object.
    private func answer(to request: HTTPRequest) async throws(StoreFailure) -> HTTPResponse? {
        for pause in Self.pauses {
            switch await answerOnce(to: request) {
            case .success(let response): return response
            case .failure(let failure) where !failure.isTemporary: throw unusable(failure)
            case .failure: break
            }
            do { try await clock.sleep(until: clock.now() + pause) } catch {
                throw .unavailable("the gateway ends while it waits for the bucket of media.shared_storage")
            }
        }
        switch await answerOnce(to: request) {
        case .success(let response): return response
        case .failure(let failure): throw unusable(failure)
        }
    }

    private func answerOnce(to request: HTTPRequest) async -> Result<HTTPResponse?, UploadFailure> {
        do throws(HTTPFailure) {
            let response = try await send(request)
            guard let failure = UploadFailure(response) else { return .success(response) }
            let isMissing =
                request.method != .put && response.status == 404
                && StorageError.code(in: response.body) == "NoSuchKey"
            return isMissing ? .success(nil) : .failure(failure)
        } catch {
            return .failure(UploadFailure(error))
        }
    }

    private func unusable(_ failure: UploadFailure) -> StoreFailure {
        .unavailable("the bucket of media.shared_storage cannot be used: \(failure)")
    }

    private static let pauses: [Duration] = [.milliseconds(200), .seconds(1)]
    private static let hashOfNothing = SHA256.hash(data: [UInt8]()).hexadecimal
}
