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
        let lines = Lines()
        let endpoint = TestEndpoint(unreadablePosts: .keep, logger: lines.logger)

        let reply = try await endpoint.post(Self.broken)

        #expect(reply.status == 200)
        #expect(reply.body.contains("DeliverRsp"))
        #expect(reply.body.contains("<StatusCode>1000</StatusCode>"))
        let delivery = try #require(await endpoint.store.deliveries.first)
        #expect(delivery.mostOfNobody == UnreadableKeeper.limit)
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

    @Test("a disk that keeps nothing has the MMSC repeat it")
    func outage() async throws {
        let endpoint = TestEndpoint(
            store: ReportStore(inboundFailure: .unavailable("disk full")), unreadablePosts: .keep)

        let reply = try await endpoint.post(Self.broken)

        #expect(reply.status == 503)
        #expect(reply.body.contains("<StatusCode>4006</StatusCode>"))
    }
}
