import CurlHTTP
import Foundation
import GatewayConfiguration
import GatewayCore
import TestPeers
import Testing

@testable import Gateway

@Suite("Messages from handsets through a running gateway", .timeLimit(.minutes(5)))
struct InboundLineTests {
    private static let namespace = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4"

    /// Gives `plan1` a number and a webhook.
    private func open(_ line: Line) {
        var directory = line.gateway.directory.now
        directory.servicePlans["plan1"]?.customer.numbers = ["12025550100"]
        directory.servicePlans["plan1"]?.customer.webhooks = [Webhook(url: line.customerURL + "/webhook")]
        line.gateway.directory.replace(with: directory)
    }

    private func post(_ linkedID: String, text: String = "Like this?", picture: [UInt8] = [], in line: Line)
        async throws -> Int
    {
        let soap = """
            --b\r\nContent-Type: text/xml\r\n\r\n\
            <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><TransactionID \
            xmlns="\(Self.namespace)" e:mustUnderstand="1">\(linkedID)-t</TransactionID></e:Header><e:Body>\
            <DeliverReq xmlns="\(Self.namespace)"><MM7Version>6.8.0</MM7Version><LinkedID>\(linkedID)</LinkedID>\
            <Sender><Number>+15550100001</Number></Sender><Recipients><To><Number>12025550100</Number></To></Recipients>\
            <Subject>Cake</Subject><Content href="cid:text"/></DeliverReq></e:Body></e:Envelope>\r\n\
            --b\r\nContent-Type: text/plain\r\nContent-ID: <text>\r\n\r\n\(text)\r\n\
            --b\r\nContent-Type: image/jpeg; name="cake.jpg"\r\n\r\n
            """
        var request = HTTPRequest(method: .post, url: "http://127.0.0.1:\(line.ports.mm7)/mm7/north")
        request.headers = ["Content-Type": "multipart/related; boundary=b"]
        request.body = [Array(soap.utf8)[...], picture[...], Array("\r\n--b--\r\n".utf8)[...]]
        let response = try await line.client.send(request)
        #expect(String(decoding: response.body, as: UTF8.self).contains("<StatusCode>1000<"))
        return response.status
    }

    @Test(
        "a picture from a handset is told by a webhook, listed, and downloaded by its link; a repetition is told to nobody"
    )
    func picture() async throws {
        try await Line.run { line in
            open(line)
            let picture = line.customer.picture

            #expect(try await post("l1", picture: picture, in: line) == 200)
            #expect(try await post("l1", picture: picture, in: line) == 200)
            #expect(try await post("l2", text: "Bye", in: line) == 200)
            let seen = try await line.customer.wait { $0.calls.count == 2 }

            let calls = try seen.calls.map {
                try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
            }
            let told = try #require(
                calls.first { ($0["body"] as? [String: Any])?["message"] as? String == "Like this?" })
            #expect(told["type"] as? String == "mo_media")
            #expect(told["from"] as? String == "15550100001")
            #expect(told["to"] as? String == "12025550100")
            let body = try #require(told["body"] as? [String: Any])
            #expect(body["subject"] as? String == "Cake")
            let item = try #require((body["media"] as? [[String: Any]])?.first)
            #expect(item["content_type"] as? String == "image/jpeg")
            #expect(item["status"] as? String == "Uploaded")
            #expect(item["code"] as? Int == 0)
            let url = try #require(item["url"] as? String)
            let path = try #require(URL(string: url)?.path(percentEncoded: true))
            #expect(path.hasSuffix("/cake.jpg"))
            let download = try await line.client.send(
                HTTPRequest(method: .get, url: "http://127.0.0.1:\(line.ports.customers)\(path)"))
            #expect(download.status == 200)
            #expect(download.body == picture)
            let (_, list) = try await line.get("inbounds")
            #expect(list["count"] as? Int == 2)
            let metrics = try await line.metrics()
            #expect(metrics.contains(#"mm7_inbounds_total{mmsc="north",result="taken"} 2"#))
            #expect(metrics.contains(#"mm7_inbounds_total{mmsc="north",result="repeated"} 1"#))
        }
    }

    @Test("large messages that come at once wait for memory, and all are taken")
    func large() async throws {
        let narrow: @Sendable (inout Configuration) -> Void = { configuration in
            // For one of them at a time.
            configuration.mm7.memoryLimitBytes = 3 << 20
            configuration.mm7.answerTimeout = .seconds(200)
            configuration.mm7.requestTimeout = .seconds(200)
        }
        try await Line.run(change: narrow) { line in
            open(line)

            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        let picture: [UInt8] =
                            [0xFF, 0xD8, 0xFF, UInt8(number)] + Array(repeating: 0xA5, count: 2_000_000)
                        return try await post("large-\(number)", picture: picture, in: line)
                    }
                }
                for try await status in group { #expect(status == 200) }
            }

            let seen = try await line.customer.wait { $0.calls.count == 8 }
            #expect(seen.calls.count == 8)
        }
    }

    @Test("a message over the limit is refused with 2004, and its MMSC goes on posting")
    func tooLarge() async throws {
        let narrow: @Sendable (inout Configuration) -> Void = { $0.mm7.bodyLimitBytes = 100_000 }
        try await Line.run(change: narrow) { line in
            open(line)
            var request = HTTPRequest(method: .post, url: "http://127.0.0.1:\(line.ports.mm7)/mm7/north")
            request.headers = ["Content-Type": "multipart/related; boundary=b"]
            request.body = [[UInt8](repeating: 0xA5, count: 1_000_000)[...]]

            let refused = try await line.client.send(request)

            #expect(refused.status == 413)
            #expect(String(decoding: refused.body, as: UTF8.self).contains("StatusCode>2004<"))
            #expect(try await post("after", in: line) == 200)
        }
    }
}
