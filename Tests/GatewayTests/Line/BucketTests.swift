import CurlHTTP
import Foundation
import GatewayCore
import TestPeers
import Testing

@testable import Gateway

@Suite("Messages from handsets whose media goes into a bucket", .timeLimit(.minutes(5)))
struct BucketLineTests {
    /// Gives `plan1` a number, a webhook and a bucket, as a reload does.
    private func open(_ line: Line, bucket name: String?, at url: String) {
        var directory = line.gateway.directory.now
        directory.servicePlans["plan1"]?.customer.numbers = ["12025550100"]
        directory.servicePlans["plan1"]?.customer.webhooks = [Webhook(url: line.customerURL + "/webhook")]
        directory.servicePlans["plan1"]?.customer.storage = name.map { name in
            Bucket(
                endpoint: url, region: "eu-1", name: name, prefix: "in/", accessKeyID: "AKID",
                secretAccessKey: Secret("hush"))
        }
        line.gateway.directory.replace(with: directory)
    }

    private func deliver(_ linkedID: String, _ pictures: [UInt8]..., in line: Line) async throws {
        #expect(try await Delivery(linkedID: linkedID, pictures: pictures).post(to: line.ports.mm7, by: line.client))
    }

    @Test("its pictures are put there with a signature, and the webhook and the list have their links")
    func uploaded() async throws {
        let storage = TestStorage()
        try await storage.serving { url in
            try await Line.run { line in
                open(line, bucket: "media", at: url)
                let pictures = [line.customer.picture, line.customer.picture + [1]]

                try await deliver("l1", pictures[0], pictures[1], in: line)
                let seen = try await line.customer.wait { $0.calls.count == 1 }

                let puts = storage.puts
                #expect(puts.map(\.body) == pictures)
                for put in puts {
                    let steps = put.path.split(separator: "/")
                    #expect(put.path.hasPrefix("/media/in/20") && steps.count == 7)
                    #expect(steps.last == "my_cake.jpg")
                    #expect(put.contentType == "image/jpeg")
                    #expect(put.authorization?.hasPrefix("AWS4-HMAC-SHA256 Credential=AKID/") == true)
                    #expect(put.authorization?.contains("/eu-1/s3/aws4_request") == true)
                }
                let told = try ToldInbound(seen.calls[0])
                #expect(told.type == "mo_media" && told.body.message == "Like this?")
                #expect(told.body.media == puts.map { item(url + $0.path) })
                let (_, listed) = try await line.get("inbounds/\(told.id)")
                #expect(((listed["body"] as? [String: Any])?["media"] as? [[String: Any]])?.count == 2)
                #expect(try await line.metrics().contains(#"mm7_uploads_total{outcome="uploaded"} 2"#))
            }
        }
    }

    @Test("without a picture its owner is notified at once, whatever the storage does")
    func textAlone() async throws {
        let storage = TestStorage(isHeld: true)
        try await storage.serving { url in
            try await Line.run { line in
                open(line, bucket: "media", at: url)

                try await deliver("l1", in: line)
                let seen = try await line.customer.wait { $0.calls.count == 1 }

                #expect(try ToldInbound(seen.calls[0]).body.media == [])
                #expect(storage.puts.isEmpty)
            }
        }
    }

    @Test("a bucket that is not there is code 2, a key that is wrong code 3, and a reload counts at once")
    func failed() async throws {
        let storage = TestStorage()
        try await storage.serving { url in
            try await Line.run { line in
                let picture = line.customer.picture
                var told: [[ToldInbound.Item]] = []
                for (index, name) in ["gone", "locked", "media", nil].enumerated() {
                    open(line, bucket: name, at: url)
                    try await deliver("l\(index)", picture, in: line)
                    let seen = try await line.customer.wait { $0.calls.count == index + 1 }
                    told.append(try ToldInbound(seen.calls[index]).body.media)
                }

                #expect(told[0] == [item(nil, code: 2)])
                #expect(told[1] == [item(nil, code: 3)])
                #expect(told[2] == [item(url + (storage.puts.last?.path ?? ""))])
                let own = try #require(told[3].first?.url)
                #expect(own.contains("/media/") && !own.hasPrefix(url))
                #expect(storage.puts.count == 3)
            }
        }
    }

    @Test("while it is on its way the list has it with a link to the gateway, which works")
    func meanwhile() async throws {
        let storage = TestStorage(isHeld: true)
        try await storage.serving { url in
            try await Line.run { line in
                open(line, bucket: "media", at: url)
                try await deliver("l1", line.customer.picture, in: line)
                _ = try await storage.next()

                let (_, list) = try await line.get("inbounds")

                let inbound = try #require((list["inbounds"] as? [[String: Any]])?.first)
                let media = (inbound["body"] as? [String: Any])?["media"] as? [[String: Any]]
                let item = try #require(media?.first)
                #expect(item["status"] as? String == "Uploaded" && item["code"] as? Int == 0)
                let path = try #require((item["url"] as? String).flatMap(URL.init)?.path(percentEncoded: true))
                let download = try await line.client.send(
                    HTTPRequest(method: .get, url: "http://127.0.0.1:\(line.ports.customers)\(path)"))
                #expect(download.status == 200 && download.body == line.customer.picture)
                #expect(line.customer.seen.calls.isEmpty)
            }
        }
    }

    private func item(_ url: String?, code: Int = 0) -> ToldInbound.Item {
        .init(url: url, contentType: "image/jpeg", status: code == 0 ? "Uploaded" : "Failed", code: code)
    }
}
