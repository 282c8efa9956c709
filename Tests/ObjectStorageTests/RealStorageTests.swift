import Crypto
import CurlHTTP
import Foundation
import GatewayCore
import Testing

@testable import ObjectStorage

/// A storage that others made, which checks signatures: `make conformance` starts one, tells of it in the environment
/// and reads what is there afterwards.
@Suite(
    "Uploads to a real storage",
    .enabled(if: Environment.endpoint != nil, "S3_ENDPOINT names no storage; make conformance does"),
    .timeLimit(.minutes(5)))
struct RealStorageTests {
    @Test("a file is taken, and its link is where it is")
    func uploads() async throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: Environment["S3_FILE"])))
        let object = StorageObject(
            segments: [bytes[..<1000], bytes[1000...]], contentType: "image/jpeg")

        let link = try await upload(object, to: .real).get()

        #expect(link.hasPrefix("\(Environment["S3_ENDPOINT"])/\(Environment["S3_BUCKET"])/inbound/20"))
        #expect(link.hasSuffix("/a_b.jpg"))
    }

    @Test("a wrong secret is code 3")
    func wrongSecret() async throws {
        var bucket = Bucket.real
        bucket.secretAccessKey = Secret("another")

        #expect(try await failure(of: bucket) == .key("the storage answered 403 SignatureDoesNotMatch"))
    }

    @Test("an unknown key is code 3")
    func unknownKey() async throws {
        var bucket = Bucket.real
        bucket.accessKeyID = "AKIAUNKNOWN"

        #expect(try await failure(of: bucket) == .key("the storage answered 403 InvalidAccessKeyId"))
    }

    @Test("a bucket that is not there is code 2")
    func noBucket() async throws {
        var bucket = Bucket.real
        bucket.name = "no-such-bucket"

        #expect(try await failure(of: bucket) == .bucket("the storage answered 404 NoSuchBucket"))
    }

    @Test("an object of shared media is there, and then it is not")
    func shared() async throws {
        let client = try HTTPClient()
        let storage = SharedBucket(.real, client: client, clock: SteadyClock())
        let bytes = Array("cake".utf8)
        let name = "shared/\(UploadToken.random().text)"

        try await storage.put(bytes, hash: SHA256.hash(data: bytes).hexadecimal, as: name)
        #expect(try await storage.bytes(of: name, byteCount: 4) == bytes)
        try await storage.remove(name)
        #expect(try await storage.bytes(of: name, byteCount: 4) == nil)
        try await storage.remove(name)
        await client.shutdown()
    }

    private func failure(of bucket: Bucket) async throws -> UploadFailure? {
        let object = StorageObject(segments: [Array("cake".utf8)[...]], contentType: "image/jpeg")
        if case .failure(let failure) = try await upload(object, to: bucket) { return failure }
        return nil
    }

    private func upload(_ object: StorageObject, to bucket: Bucket) async throws -> Result<String, UploadFailure> {
        let client = try HTTPClient()
        let key = ObjectKey(prefix: bucket.prefix, date: Date(), token: UploadToken.random().text, name: "a b.jpg")
        let result = try await Uploader(client: client, clock: SteadyClock()).upload(object, as: key, to: bucket)
        await client.shutdown()
        return result
    }
}

private enum Environment {
    static var endpoint: String? { ProcessInfo.processInfo.environment["S3_ENDPOINT"] }

    static subscript(name: String) -> String { ProcessInfo.processInfo.environment[name] ?? "" }
}

extension Bucket {
    fileprivate static var real: Bucket {
        Bucket(
            endpoint: Environment["S3_ENDPOINT"], region: Environment["S3_REGION"], name: Environment["S3_BUCKET"],
            prefix: "inbound/", accessKeyID: Environment["S3_ACCESS_KEY_ID"],
            secretAccessKey: Secret(Environment["S3_SECRET_ACCESS_KEY"]))
    }
}
