import CurlHTTP
import Doubles
import FoundationEssentials
import GatewayCore
import Synchronization
import Testing

@testable import ObjectStorage

@Suite("The bucket of shared media")
struct SharedBucketTests {
    private let clock = HastyClock(at: .start)
    private let hash = String(repeating: "ab", count: 32)

    @Test("an object is put, read and removed by signed requests under the prefix")
    func requests() async throws {
        let storage = Storage(.answer(200), .answer(200, "cake"), .answer(204))
        let bucket = bucket(storage)

        try await bucket.put(Array("cake".utf8), hash: hash, as: "ab/object")
        let bytes = try await bucket.bytes(of: "ab/object", byteCount: 4)
        try await bucket.remove("ab/object")

        let requests = storage.requests
        #expect(bytes == Array("cake".utf8))
        #expect(requests.map(\.method) == [.put, .get, .delete])
        #expect(Set(requests.map(\.url)) == ["https://s3.example.net/media/mms/ab/object"])
        #expect(requests[0].body.flatMap { $0 } == Array("cake".utf8))
        // SHA-256 of nothing.
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        #expect(requests.map { $0.headers.first(named: "X-Amz-Content-Sha256") } == [hash, nothing, nothing])
        let signature = AWSSignature(region: "eu-1", service: "s3", accessKeyID: "AKID", secretAccessKey: "hush")
        #expect(requests.allSatisfy { $0.signature == signature && $0.timeout == .seconds(30) })
    }

    @Test("an object that is not there is none, and its removal is done")
    func missing() async throws {
        let bucket = bucket(Storage(.answer(404, "<Error><Code>NoSuchKey</Code></Error>")))

        #expect(try await bucket.bytes(of: "object", byteCount: 4) == nil)
        try await bucket.remove("object")
        await #expect(throws: StoreFailure.self) { try await bucket.put([1], hash: hash, as: "object") }
    }

    @Test("a bucket that is not there is no object that is not there")
    func noBucket() async throws {
        for answer in [Answer.answer(404, "<Error><Code>NoSuchBucket</Code></Error>"), .answer(404)] {
            await #expect(throws: StoreFailure.self) {
                try await bucket(Storage(answer)).bytes(of: "object", byteCount: 4)
            }
        }
    }

    @Test("what may pass is tried twice more")
    func retries() async throws {
        let storage = Storage(.failure(.timedOut), .answer(503), .answer(200, "cake"))

        #expect(try await bucket(storage).bytes(of: "object", byteCount: 4) == Array("cake".utf8))

        #expect(clock.sleeps == [Date.start + Duration.milliseconds(200), Date.start + Duration.seconds(1)])
    }

    @Test("the third failure is the last; what will not pass is not tried again", arguments: [(503, 3), (403, 1)])
    func givesUp(status: Int, tries: Int) async throws {
        let storage = Storage(.answer(status))

        await #expect(
            throws: StoreFailure.unavailable(
                "the bucket of media.shared_storage cannot be used: the storage answered \(status)")
        ) { try await bucket(storage).put([1], hash: hash, as: "object") }

        #expect(storage.requests.count == tries)
    }

    private func bucket(_ storage: Storage) -> SharedBucket {
        SharedBucket(.sample, clock: clock) { (request) async throws(HTTPFailure) in try storage.answer(request) }
    }

    private enum Answer {
        case answer(Int, String = "")
        case failure(HTTPFailure.Kind)
    }

    /// Answers with what is on its list, one entry for each request, and with the last one from then on.
    private final class Storage: Sendable {
        private let state: Mutex<(answers: [Answer], requests: [HTTPRequest])>

        init(_ answers: Answer...) {
            state = Mutex((answers, []))
        }

        var requests: [HTTPRequest] { state.withLock { $0.requests } }

        func answer(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPResponse {
            let answer = state.withLock { state in
                state.requests.append(request)
                return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
            }
            switch answer {
            case .answer(let status, let body): return HTTPResponse(status: status, body: Array(body.utf8))
            case .failure(let kind): throw HTTPFailure(kind: kind, requestMayHaveArrived: true, message: "no answer")
            }
        }
    }
}
