import Crypto
import CurlHTTP
import Doubles
import FoundationEssentials
import GatewayCore
import Synchronization
import Testing

@testable import ObjectStorage

@Suite("Uploads")
struct UploaderTests {
    private static let time = Date(timeIntervalSince1970: 1_795_262_400)  // 2026-11-21T12:00:00Z
    private let clock = HastyClock(at: Self.time)

    @Test("an upload is one signed PUT in the path style, and its link the object's own URL")
    func uploads() async throws {
        let storage = Storage(.success(200))

        let result = try await uploader(storage).upload(.sample, as: .sample, to: .sample)

        let request = try #require(storage.requests.first)
        let url = "https://s3.example.net/media/mms/2026/11/21/token/a_cake.jpg"
        #expect(try result.get() == url)
        #expect(storage.requests.count == 1 && clock.sleeps == [])
        #expect(request.method == .put && request.url == url)
        #expect(request.headers.first(named: "Content-Type") == "image/jpeg")
        #expect(
            request.headers.first(named: "X-Amz-Content-Sha256") == SHA256.hash(data: Array("cake".utf8)).hexadecimal)
        #expect(request.headers.count == 2)
        #expect(request.body.flatMap { $0 } == Array("cake".utf8))
        let signature = AWSSignature(region: "eu-1", service: "s3", accessKeyID: "AKID", secretAccessKey: "hush")
        #expect(request.signature == signature)
        #expect(request.maxRedirects == 0 && request.timeout == .seconds(30) && request.addressPolicy == .any)
    }

    @Test("customers are told the public address where there is one")
    func publicLink() async throws {
        var bucket = Bucket.sample
        bucket.publicURL = "https://media.example.net"

        let result = try await uploader(Storage(.success(200))).upload(.sample, as: .sample, to: bucket)

        #expect(try result.get() == "https://media.example.net/mms/2026/11/21/token/a_cake.jpg")
    }

    @Test("what may pass is tried twice more, after one and five seconds, under the same key")
    func retries() async throws {
        let storage = Storage(.failure(.connectionLost), .success(503), .success(200))

        let result = try await uploader(storage).upload(.sample, as: .sample, to: .sample)

        #expect(throws: Never.self) { try result.get() }
        #expect(clock.sleeps == [Self.time + Duration.seconds(1), Self.time + Duration.seconds(5)])
        #expect(storage.requests.count == 3 && Set(storage.requests.map(\.url)).count == 1)
    }

    @Test("the third failure is the last, with code 1")
    func givesUp() async throws {
        let storage = Storage(.success(500), .failure(.timedOut), .success(503))

        let result = try await uploader(storage).upload(.sample, as: .sample, to: .sample)

        #expect(result == .failure(.temporary("the storage answered 503")))
        #expect(storage.requests.count == 3)
    }

    @Test("one try is one")
    func once() async throws {
        let storage = Storage(.success(503))

        let result = try await uploader(storage).upload(.sample, as: .sample, to: .sample, tries: .one)

        #expect(result.failure?.isTemporary == true)
        #expect(storage.requests.count == 1 && clock.sleeps == [])
    }

    @Test("what stays as it is is not tried again", arguments: [(400, 1), (404, 2), (403, 3)])
    func doesNotRetry(status: Int, code: Int) async throws {
        let storage = Storage(.success(status))

        let result = try await uploader(storage).upload(.sample, as: .sample, to: .sample)

        #expect(result.failure?.code == code && result.failure?.isTemporary == false)
        #expect(result.failure.map { "\($0)" } == "the storage answered \(status)")
        #expect(storage.requests.count == 1 && clock.sleeps == [])
    }

    @Test("stored media goes out with the hash that names it")
    func storedMedia() async throws {
        let storage = Storage(.success(200))
        let hash = SHA256.hash(data: Array("cake".utf8)).hexadecimal

        let result = try await uploader(storage).upload(
            StoredMedia(hash: hash, contentType: "image/gif", byteCount: 4), bytes: Array("cake".utf8),
            as: .sample, to: .sample)

        #expect(try result.get() == "https://s3.example.net/media/mms/2026/11/21/token/a_cake.jpg")
        #expect(storage.requests.first?.headers.first(named: "X-Amz-Content-Sha256") == hash)
    }

    @Test("an upload that is ended decides nothing", arguments: [HTTPFailure.Kind.cancelled, .shutDown])
    func cancelled(kind: HTTPFailure.Kind) async {
        await #expect(throws: CancellationError.self) {
            try await uploader(Storage(.failure(kind))).upload(.sample, as: .sample, to: .sample)
        }
    }

    @Test("a pause ends with its task")
    func cancelledPause() async throws {
        let uploader = uploader(Storage(.success(503)))
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await uploader.upload(.sample, as: .sample, to: .sample)
        }

        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("the longest upload is three time-outs and the pauses between them")
    func longest() {
        #expect(Uploader.longestUpload(timeout: .seconds(30)) == .seconds(96))
    }

    private func uploader(_ storage: Storage) -> Uploader {
        Uploader(clock: clock) { (request) async throws(HTTPFailure) in try storage.answer(request) }
    }

    /// Answers with what is on its list, one entry for each request.
    private final class Storage: Sendable {
        private let state: Mutex<(answers: [Answer], requests: [HTTPRequest])>

        init(_ answers: Answer...) {
            state = Mutex((answers, []))
        }

        var requests: [HTTPRequest] { state.withLock { $0.requests } }

        func answer(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPResponse {
            let answer = state.withLock { state in
                state.requests.append(request)
                return state.answers.isEmpty ? Answer.success(418) : state.answers.removeFirst()
            }
            switch answer {
            case .success(let status): return HTTPResponse(status: status)
            case .failure(let kind): throw HTTPFailure(kind: kind, requestMayHaveArrived: true, message: "no answer")
            }
        }
    }

    private enum Answer {
        case success(Int)
        case failure(HTTPFailure.Kind)
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}

extension StorageObject {
    fileprivate static let sample = StorageObject(
        segments: [Array("ca".utf8)[...], Array("ke".utf8)[...]], contentType: "image/jpeg")
}

extension ObjectKey {
    /// A key of 2026-11-21.
    fileprivate static let sample = ObjectKey(
        prefix: "mms/", date: Date(timeIntervalSince1970: 1_795_262_400), token: "token", name: "a cake.jpg")
}
