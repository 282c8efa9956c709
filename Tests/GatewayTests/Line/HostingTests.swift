import Crypto
import CurlHTTP
import Foundation
import Gateway
import GatewayConfiguration
import GatewayCore
import Hosting
import TestPeers
import Testing

@Suite("Hosted media of a running gateway", .timeLimit(.minutes(5)))
struct HostingTests {
    @Test("a link downloads what a batch brought, whole or in part")
    func download() async throws {
        try await Line.run { line in
            _ = try await line.send(reporting: "per_recipient_final")
            try await line.customer.wait { $0.calls.count == 1 }
            let picture = line.customer.picture
            let hash = SHA256.hash(data: picture).map { String(format: "%02x", $0) }.joined()
            let media = StoredMedia(hash: hash, contentType: "image/jpeg", byteCount: picture.count)
            let keys = try LinkKeys(configured: [], dataDirectory: line.gateway.configuration.dataDirectory)
            let host = MediaHost(
                publicURL: "http://127.0.0.1:\(line.ports.customers)", keys: keys, linkLife: .seconds(600))

            let url = host.url(for: media, fileName: "Grüße & \"mehr\".jpg", now: Date())
            let whole = try await line.client.send(HTTPRequest(method: .get, url: url))
            var request = HTTPRequest(method: .get, url: url)
            request.headers = ["Range": "bytes=4-7"]
            let part = try await line.client.send(request)
            let none = try await line.client.send(HTTPRequest(method: .get, url: url + "x"))

            #expect(whole.status == 200)
            #expect(whole.body == picture)
            #expect(whole.headers.first(named: "Content-Type") == "image/jpeg")
            #expect(whole.headers.first(named: "Content-Length") == String(picture.count))
            #expect(part.status == 206)
            #expect(part.body == Array(picture[4...7]))
            #expect(none.status == 404)
        }
    }
}
