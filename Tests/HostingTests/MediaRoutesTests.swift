import Crypto
import Doubles
import Foundation
import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Media
import Testing

@testable import Hosting

@Suite("The routes of hosted media")
final class MediaRoutesTests {
    private static let now = Date(milliseconds: 1_790_000_000_000)
    private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    private let library: MediaLibrary
    private let host: MediaHost

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        library = try MediaLibrary(dataDirectory: folder.path)
        host = MediaHost(
            publicURL: "", keys: LinkKeys(SymmetricKey(data: [UInt8](repeating: 1, count: 32))), linkLife: .seconds(600)
        )
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// A path under which the bytes can be had for ten minutes.
    private func link(
        to bytes: [UInt8] = Array("0123456789".utf8), type: String = "image/jpeg", name: String = "cat.jpg",
        madeAt: Date = now
    ) async throws -> String {
        let media = try await library.store(bytes, contentType: type)
        return host.url(for: media, fileName: name, now: madeAt)
    }

    private func ask(
        _ path: String, method: HTTPRequest.Method = .get, _ headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        let router = Router(context: PeerContext.self)
        MediaRoutes(library: library, keys: host.keys, clock: HastyClock(at: Self.now)).addRoutes(to: router)
        return try await Application(router: router).test(.router) { client in
            try await client.execute(uri: path, method: method, headers: headers)
        }
    }

    @Test("a link gets the whole file with all that a client and a browser have to know")
    func whole() async throws {
        let answer = try await ask(link())

        #expect(answer.status == .ok)
        #expect(String(buffer: answer.body) == "0123456789")
        let expected: [(HTTPField.Name, String)] = [
            (.contentType, "image/jpeg"), (.contentLength, "10"), (.acceptRanges, "bytes"),
            (.eTag, #""84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882""#),
            (.contentDisposition, #"inline; filename="cat.jpg"; filename*=UTF-8''cat.jpg"#),
            (.xContentTypeOptions, "nosniff"), (.contentSecurityPolicy, "default-src 'none'; sandbox"),
            (.cacheControl, "private, max-age=600"),
        ]
        for (name, value) in expected { #expect(answer.headers[name] == value, "\(name)") }
    }

    @Test("HEAD gets the head of the answer, and no file stays open for it")
    func head() async throws {
        let answer = try await ask(link(), method: .head)

        #expect(answer.status == .ok)
        #expect(answer.headers[.contentLength] == "10")
        #expect(answer.headers[.contentType] == "image/jpeg")
    }

    @Test(
        "a range gets its part, and one beyond the end the length of the file",
        arguments: [
            ("bytes=2-4", HTTPResponse.Status.partialContent, "234", "bytes 2-4/10"),
            ("bytes=-3", .partialContent, "789", "bytes 7-9/10"),
            ("bytes=0-", .partialContent, "0123456789", "bytes 0-9/10"),
            ("bytes=10-", .rangeNotSatisfiable, "", "bytes */10"),
            ("bytes=1-2,4-5", .ok, "0123456789", nil),
        ] as [(String, HTTPResponse.Status, String, String?)])
    func ranges(header: String, status: HTTPResponse.Status, body: String, contentRange: String?) async throws {
        let answer = try await ask(link(), [.range: header])

        #expect(answer.status == status)
        #expect(String(buffer: answer.body) == body)
        #expect(answer.headers[.contentRange] == contentRange)
        #expect(answer.headers[.contentLength] == String(body.utf8.count))
        #expect(answer.headers[.contentSecurityPolicy] == "default-src 'none'; sandbox")
    }

    private static let tag = #""84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882""#

    @Test(
        "a client that has the file is not sent it again, whatever range it asks for",
        arguments: [tag, "W/" + tag, "*", #""other", "# + tag])
    func notModified(header: String) async throws {
        let answer = try await ask(link(), [.ifNoneMatch: header, .range: "bytes=0-1"])

        #expect(answer.status == .notModified)
        #expect(answer.body.readableBytes == 0)
        #expect(answer.headers[.eTag] == Self.tag)
    }

    @Test("another tag gets the file")
    func modified() async throws {
        #expect(try await ask(link(), [.ifNoneMatch: #""other""#]).status == .ok)
    }

    @Test(
        "a range stands only for the file that the client has begun with",
        arguments: [
            (tag, HTTPResponse.Status.partialContent), ("W/" + tag, .ok), (#""other""#, .ok),
            ("Sat, 29 Oct 1994 19:43:31 GMT", .ok),
        ])
    func ifRange(header: String, status: HTTPResponse.Status) async throws {
        let answer = try await ask(link(), [.range: "bytes=2-4", HTTPField.Name.ifRange: header])

        #expect(answer.status == status)
    }

    @Test("a page is saved, as octets")
    func page() async throws {
        let answer = try await ask(link(to: Array("<script>".utf8), type: "text/html", name: "page.html"))

        #expect(answer.headers[.contentType] == "application/octet-stream")
        #expect(answer.headers[.contentDisposition]?.hasPrefix("attachment; ") == true)
    }

    @Test(
        "a name of any kind comes back as the file's name",
        arguments: [
            ("Grüße 猫.jpg", "Gr__e _.jpg", "Gr%C3%BC%C3%9Fe%20%E7%8C%AB.jpg"),
            ("a \"b\" c.jpg", "a b c.jpg", "a%20b%20c.jpg"), ("../../x/y.jpg", "y.jpg", "y.jpg"),
            ("100%41.jpg", "100_41.jpg", "100%2541.jpg"),
            ("a+b&c=d#e;f,g.jpg", "a+b&c=d#e;f,g.jpg", "a+b&c%3Dd#e%3Bf%2Cg.jpg"),
        ])
    func names(given: String, plain: String, encoded: String) async throws {
        let answer = try await ask(link(name: given))

        #expect(answer.status == .ok)
        #expect(
            answer.headers[.contentDisposition] == "inline; filename=\"\(plain)\"; filename*=UTF-8''\(encoded)")
    }

    @Test("a file of many pieces comes whole, and a range may begin and end within any")
    func large() async throws {
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let link = try await link(to: bytes)

        #expect(try await Array(buffer: ask(link).body) == bytes)
        let part = try await ask(link, [.range: "bytes=65000-200001"])
        #expect(Array(buffer: part.body) == Array(bytes[65000...200001]))
    }

    @Test("an empty file is an answer too")
    func empty() async throws {
        let answer = try await ask(link(to: []))

        #expect(answer.status == .ok)
        #expect(answer.headers[.contentLength] == "0")
    }

    @Test("no link, a changed one or one with another name is 404, and tells nothing")
    func unknown() async throws {
        let good = try await link()
        let changed = good.replacing("/media/A", with: "/media/B")
        let renamed = good.replacing("cat.jpg", with: "dog.jpg")

        for path in ["/media/x/cat.jpg", "/media/%/cat.jpg", changed, renamed] {
            let answer = try await ask(path)
            #expect(answer.status == .notFound)
            #expect(String(buffer: answer.body) == #"{"code":"not_found","text":"There is nothing at this path"}"#)
            #expect(answer.headers[.cacheControl] == "no-store")
        }
    }

    @Test(
        "a link is 410 once its time is over", arguments: [(599, HTTPResponse.Status.ok), (600, .gone), (601, .gone)])
    func expired(age: Int, status: HTTPResponse.Status) async throws {
        let answer = try await ask(link(madeAt: Self.now + .seconds(-age)))

        #expect(answer.status == status)
        #expect(answer.headers[.cacheControl] == (status == .ok ? "private, max-age=1" : "no-store"))
    }

    @Test("a link to a file that is not kept any more is 410")
    func gone() async throws {
        let media = StoredMedia(hash: String(repeating: "ab", count: 32), contentType: "image/jpeg", byteCount: 3)

        let answer = try await ask(host.url(for: media, fileName: "cat.jpg", now: Self.now))

        #expect(answer.status == .gone)
    }
}
