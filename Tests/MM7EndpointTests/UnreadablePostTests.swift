import Doubles
import Foundation
import GatewayCore
import Logging
import MM7
import Testing

@testable import MM7Endpoint

@Suite("Posts that nobody can read")
struct UnreadablePostTests {
    private static let broken = Array(
        "<Envelope><Body><DeliverReq><Subject>Hi</Sub></DeliverReq></Body></Envelope>".utf8)

    @Test("are refused where nothing else is said")
    func refused() async throws {
        let endpoint = TestEndpoint()

        let reply = try await endpoint.post(Self.broken)

        #expect(reply.status == 400)
        #expect(await endpoint.store.deliveries.isEmpty)
    }

    @Test("are kept as they came where the setting says so, and answered so that they do not come again")
    func kept() async throws {
        let lines = LogLines()
        let endpoint = TestEndpoint(unreadablePosts: .keep, logger: lines.logger)

        let reply = try await endpoint.post(Self.broken)

        #expect(reply.status == 200)
        #expect(reply.body.contains("DeliverRsp"))
        #expect(reply.body.contains("<StatusCode>1000</StatusCode>"))
        let delivery = try #require(await endpoint.store.deliveries.first)
        #expect(delivery.unownedLimit == UnreadableKeeper.limit)
        let inbound = try #require(delivery.copies.first?.inbound)
        #expect(inbound.owner == nil)
        #expect(inbound.media.map(\.file?.byteCount) == [Self.broken.count])
        #expect(inbound.text?.contains("notWellFormed") == true)
        #expect(lines.all.map(\.level) == [.warning])
    }

    @Test("a report, and an empty post, are not kept")
    func others() async throws {
        let endpoint = TestEndpoint(unreadablePosts: .keep)
        let report = Array("<Envelope><Body><DeliveryReportReq><MessageID>1</MessageID></x></Envelope>".utf8)

        for body in [report, []] {
            #expect(try await endpoint.post(body).status == 400)
        }
        #expect(await endpoint.store.deliveries.isEmpty)
    }

    @Test(
        "where there is no room for more, nothing is written to the disk; one that is kept already may come again",
        arguments: [(isKept: false, status: 400), (true, 200)])
    func full(isKept: Bool, status: Int) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var endpoint = TestEndpoint(
            store: PostStore(isRepetition: isKept, isFull: true), unreadablePosts: .keep)
        endpoint.folder = folder.path

        let reply = try await endpoint.post(Self.broken)

        #expect(reply.status == status)
        // Not one that is new: there may be room for it a moment later, and it has no file.
        #expect(await endpoint.store.deliveries.allSatisfy { $0.unownedLimit == 0 })
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
        let written = try (files?.allObjects as? [URL])?.filter {
            try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
        }
        #expect(written == [])
    }

    @Test("what can be read after a repair is taken, and the operator hears of it once, and of each kind")
    func repaired() async throws {
        let lines = LogLines()
        let endpoint = TestEndpoint(store: PostStore(.success(.applied(ULID(high: 1, low: 0)))), logger: lines.logger)
        let report = """
            <Envelope><Header><TransactionID>r-1</TransactionID></Header><Body><DeliveryReportReq><MessageID>1</MessageID>\
            <Recipient><Number>15550100</Number></Recipient><MMStatus>Retrieved</MMStatus></DeliveryReportReq></Body></Envelope>
            """

        try await endpoint.serving { poster in
            for text in [
                report + "\0", report + "\0",
                report.replacing("<Body>", with: "<x:Body>").replacing("</Body>", with: "</x:Body>"),
            ] {
                let reply = try await poster.post(Array(text.utf8))
                #expect(reply.status == 200 && reply.body.contains("<StatusCode>1000<"), "\(reply.body)")
            }
        }

        let told = lines.all.filter { $0.level == .warning }.map(\.text)
        #expect(told.count == 2)
        #expect(told.allSatisfy { $0.contains("only after a repair") && $0.contains("r-1") })
        #expect(told.first?.contains("before or behind") == true && told.last?.contains("prefixes") == true)
    }

    @Test("posts that cannot be read are logged by their kind, each the first time")
    func kinds() async throws {
        let lines = LogLines()
        let endpoint = TestEndpoint(logger: lines.logger)

        try await endpoint.serving { poster in
            for text in ["<a>", "<a><b>", "<html></html>", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"] {
                let reply = try await poster.post(Array(text.utf8))
                #expect(reply.status == 400)
            }
        }

        #expect(lines.all.map(\.level) == [.warning, .debug, .warning, .warning])
    }

    @Test("a disk that keeps nothing has the MMSC repeat it")
    func outage() async throws {
        let endpoint = TestEndpoint(
            store: PostStore(inboundFailure: .unavailable("disk full")), unreadablePosts: .keep)

        let reply = try await endpoint.post(Self.broken)

        #expect(reply.status == 503)
        #expect(reply.body.contains("<StatusCode>4006</StatusCode>"))
    }
}
