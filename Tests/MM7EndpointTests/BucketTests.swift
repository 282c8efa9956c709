import FoundationEssentials
import GatewayCore
import Testing

@testable import MM7Endpoint

@Suite("Messages from handsets to plans with a bucket")
struct BucketTests {
    private static let mime = "multipart/related; boundary=outer; type=text/xml; start=\"<soap>\""

    private var endpoint: TestEndpoint {
        var with = ServicePlan(id: "with", apiTokens: [], numbers: ["55512"], callbackURL: "https://a.example")
        with.customer.storage = Bucket(
            endpoint: "https://s3.example.net", region: "eu-1", name: "media", accessKeyID: "AKID",
            secretAccessKey: Secret("hush"))
        let without = ServicePlan(
            id: "without", apiTokens: [], numbers: ["15550100002"], callbackURL: "https://b.example")
        var endpoint = TestEndpoint()
        endpoint.plans = [with, without]
        return endpoint
    }

    @Test("the copy of a plan with a bucket waits for its uploads, under a token of its own; that of another does not")
    func tokens() async throws {
        let endpoint = endpoint

        for _ in 1...2 { _ = try await endpoint.post(Fixture.request("deliver-slides.mime"), contentType: Self.mime) }

        let copies = await endpoint.store.deliveries.flatMap(\.copies)
        #expect(copies.map { $0.uploadToken != nil } == [true, false, true, false])
        #expect(Set(copies.compactMap(\.uploadToken)).count == 2)
        #expect(copies.allSatisfy { $0.notifiesOwner && $0.inbound.media.allSatisfy { $0.file != nil } })
    }

    @Test("a message without files waits for nothing")
    func textAlone() async throws {
        var endpoint = endpoint
        endpoint.defaultSender = Originator("55512")

        let reply = try await endpoint.post(Fixture.request("deliver-plain-sender.xml"))

        #expect(reply.status == 200)
        let copies = await endpoint.store.deliveries.flatMap(\.copies)
        #expect(copies.count == 1 && copies.allSatisfy { $0.inbound.media.isEmpty && $0.uploadToken == nil })
    }
}
