import CurlHTTP
import Foundation
import GatewayConfiguration
import GatewayCore
import MockMMSC
import TestPeers
import Testing

@testable import Gateway

@Suite("The media of a message on its way", .timeLimit(.minutes(5)))
struct LineMediaTests {
    @Test(
        "media that cannot be sent ends every message of the batch with 414",
        arguments: ["/missing", "/untyped"])
    func badMedia(path: String) async throws {
        try await Line.run { line in
            let batch = try await line.send(
                to: ["15550100001", "15550100002"], media: line.customerURL + path, reporting: "summary")

            let seen = try await line.customer.wait { $0.calls.count == 1 }

            #expect(seen.calls.first?.contains(#"{"code":414,"status":"Aborted","count":2}"#) == true)
            #expect(try await line.status(in: batch) == "Aborted/414")
            #expect(line.mmsc.journal.counts.received == 0)
        }
    }

    @Test(
        "media in a private range is not fetched unless the operator lists it, also behind a name",
        arguments: ["127.0.0.1", "localhost"])
    func egress(host: String) async throws {
        try await Line.run(egress: []) { line in
            let media = line.customerURL.replacing("127.0.0.1", with: host) + "/picture.jpg"
            let batch = try await line.send(media: media)

            try await line.until(status: "Aborted/414", of: batch)

            #expect(line.customer.seen.fetches.isEmpty)
        }
    }

    @Test("a refusal by policy names the setting, to the customer too")
    func reasonOfRefusal() async throws {
        try await Line.run(egress: []) { line in
            let batch = try await line.send(media: line.customerURL + "/picture.jpg?key=secret")

            try await line.until(status: "Aborted/414", of: batch)

            let (_, report) = try await line.get("batches/\(batch)/delivery_report/15550100001")
            let words = try #require(report["status_message"] as? String)
            #expect(words.contains("egress.allow"))
            #expect(!words.contains("secret"))
        }
    }

    @Test("a page instead of a picture is reported as what it is")
    func page() async throws {
        try await Line.run { line in
            let batch = try await line.send(media: line.customerURL + "/page.jpg")

            try await line.until(status: "Aborted/414", of: batch)

            let (_, report) = try await line.get("batches/\(batch)/delivery_report/15550100001")
            #expect((report["status_message"] as? String)?.hasSuffix("the content is an HTML page") == true)
        }
    }

    @Test("a server that hangs for one customer keeps no other waiting")
    func hangingServer() async throws {
        let fourAtATime: @Sendable (inout Configuration) -> Void = { $0.media.maxFetches = 4 }
        try await Line.run(change: fourAtATime) { line in
            for number in 0..<12 {
                _ = try await line.send(to: ["155501010\(10 + number)"], media: line.customerURL + "/hangs/\(number)")
            }
            try await line.customer.wait { $0.fetches["/hangs", default: 0] == 2 }

            let batch = try await line.send(media: line.customerURL + "/picture.jpg", plan: "plan2")

            try await line.until(status: "Delivered/0", of: batch, plan: "plan2")
        }
    }
}
