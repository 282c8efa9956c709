import Foundation
import GatewayCore
import HTTPTypes
import MM7Endpoint
import Testing

@Suite("Messages from handsets")
struct InboundTests {
    private static let mime = "multipart/related; boundary=outer; type=text/xml; start=\"<soap>\""

    private func endpoint(_ numbers: [String] = ["55512"], callback: String? = "https://shop.example/hook")
        -> TestEndpoint
    {
        var endpoint = TestEndpoint()
        endpoint.plans = [ServicePlan(id: "plan1", apiTokens: [], numbers: numbers, callbackURL: callback)]
        return endpoint
    }

    @Test("it is taken with its texts in the order of the presentation, and the rest as files")
    func slides() async throws {
        let endpoint = endpoint()

        let reply = try await endpoint.post(Fixture.request("deliver-slides.mime"), contentType: Self.mime)

        #expect(reply.status == 200)
        #expect(try reply.body == Fixture.answer("deliver-taken"))
        let delivery = try #require(await endpoint.store.deliveries.first)
        #expect((delivery.linkedID, delivery.answeredID) == ("linked-1", "m-9"))
        #expect(delivery.copies.map(\.notifiesOwner) == [true])
        let inbound = try #require(delivery.copies.first?.inbound)
        #expect(inbound.owner == .servicePlan("plan1"))
        #expect((inbound.from, inbound.to) == ("15550100001", "55512"))
        #expect((inbound.subject, inbound.text) == ("Grüße", "Hello\nGrüße"))
        #expect(inbound.otherRecipients == ["15550100007"])
        #expect(inbound.sentAt == Date(milliseconds: 1_714_979_289_000))
        // It calls itself a GIF and is none.
        #expect(inbound.media.map(\.contentType) == ["image/jpeg"])
        #expect(inbound.media.map(\.file?.name) == ["cat.jpg"])
        #expect(inbound.media.map(\.file?.byteCount) == [25])
    }

    @Test("each plan whose number is addressed gets a copy, and one without an address is not notified")
    func severalOwners() async throws {
        var endpoint = endpoint(callback: nil)
        endpoint.plans.append(
            ServicePlan(
                id: "plan2", apiTokens: [], numbers: ["15550100002", "15550100007"], callbackURL: "https://a.example"))

        _ = try await endpoint.post(Fixture.request("deliver-slides.mime"), contentType: Self.mime)

        let copies = try #require(await endpoint.store.deliveries.first?.copies)
        #expect(copies.map(\.inbound.owner) == [.servicePlan("plan1"), .servicePlan("plan2")])
        #expect(copies.map(\.notifiesOwner) == [false, true])
        #expect(copies.map(\.inbound.to) == ["55512", "15550100002"])
    }

    @Test("an app whose number is addressed gets a copy, which waits for it")
    func app() async throws {
        var endpoint = endpoint()
        let app = Project.App(id: "shop", numbers: ["55512"])
        endpoint.projects = [Project(id: "p1", accessKeys: [], apps: [app])]

        _ = try await endpoint.post(Fixture.request("deliver-slides.mime"), contentType: Self.mime)

        let copies = try #require(await endpoint.store.deliveries.first?.copies)
        #expect(copies.map(\.inbound.owner) == [.servicePlan("plan1"), .app("shop", project: "p1")])
        #expect(copies.map(\.notifiesOwner) == [true, false])
    }

    @Test(
        "other dialects are read as well, and told apart by what they have",
        arguments: [
            ("deliver-prefixed.xml", "mo-1" as String?),
            ("deliver-plain-sender.xml", nil),
        ])
    func dialects(name: String, transactionID: String?) async throws {
        var endpoint = endpoint()
        endpoint.defaultSender = Originator("55512")

        let reply = try await endpoint.post(Fixture.request(name))

        #expect(reply.body.contains("DeliverRsp") && reply.body.contains("StatusCode>1000<"))
        let delivery = try #require(await endpoint.store.deliveries.first)
        #expect(delivery.linkedID == nil)
        #expect(delivery.transactionID == transactionID)
        #expect(delivery.fingerprint.count == 64)
        #expect(delivery.copies.map(\.inbound.from) == ["15550100001"])
        #expect(delivery.copies.map(\.inbound.to) == ["55512"])
    }

    @Test("marks that nobody sees and digits of another width are no part of a number, on either side")
    func marks() async throws {
        let endpoint = endpoint(["15550100009"])
        let body = """
            <Envelope><Body><DeliverReq><Sender><Number>\u{202A}+\u{FF11}5550100001\u{202C}</Number></Sender>\
            <Recipients><To><Number>\u{200E}1555010000\u{FF19}</Number></To></Recipients></DeliverReq></Body></Envelope>
            """

        _ = try await endpoint.post(Array(body.utf8))

        let inbound = try #require(await endpoint.store.deliveries.first?.copies.first?.inbound)
        #expect((inbound.from, inbound.to) == ("15550100001", "15550100009"))
    }

    @Test("a number that no customer has is refused for good, or kept without an owner where the operator wants that")
    func unknownRecipient() async throws {
        var endpoint = endpoint(["40404"])

        let refused = try await endpoint.post(Fixture.request("deliver.xml"))
        #expect(await endpoint.store.deliveries.isEmpty)
        endpoint.unknownRecipients = .quarantine
        let kept = try await endpoint.post(Fixture.request("deliver.xml"))

        #expect(refused.status == 200)
        #expect(try refused.body == Fixture.answer("deliver"))
        #expect(try kept.body == Fixture.answer("deliver-taken"))
        let copy = try #require(await endpoint.store.deliveries.first?.copies.first)
        #expect(copy.inbound.owner == nil && !copy.notifiesOwner)
        #expect(copy.inbound.to == "55512")
    }

    @Test("in quarantine each recipient has a copy, for any of them may turn out to be somebody's")
    func severalUnknown() async throws {
        var endpoint = endpoint(["40404"])
        endpoint.unknownRecipients = .quarantine

        _ = try await endpoint.post(Fixture.request("deliver-slides.mime"), contentType: Self.mime)

        let copies = try #require(await endpoint.store.deliveries.first?.copies)
        #expect(copies.map(\.inbound.to) == ["55512", "15550100002"])
        #expect(copies.allSatisfy { $0.inbound.owner == nil && !$0.notifiesOwner })
    }

    @Test("more than a hundred unowned numbers in one message are not kept")
    func tooManyUnknown() async throws {
        var endpoint = endpoint(["40404"])
        endpoint.unknownRecipients = .quarantine
        let many = (0...100).map { "<Number>1555010\($0 + 1000)</Number>" }.joined()
        let request = String(decoding: try Fixture.request("deliver.xml"), as: UTF8.self)
            .replacingOccurrences(of: "<ShortCode>55512</ShortCode>", with: many)
        try #require(request.contains(many))

        let reply = try await endpoint.post(Array(request.utf8))

        #expect(reply.body.contains("<StatusCode>2003<"))
        #expect(await endpoint.store.deliveries.isEmpty)
    }

    @Test("one without a sender is refused as malformed")
    func noSender() async throws {
        let endpoint = endpoint()

        let reply = try await endpoint.post(Fixture.request("deliver-no-sender.xml"))

        #expect(reply.status == 200)
        #expect(reply.body.contains("DeliverRsp") && reply.body.contains("<StatusCode>2007<"))
        #expect(await endpoint.store.deliveries.isEmpty)
    }

    @Test("what came before is answered 1000 again")
    func repeated() async throws {
        var endpoint = endpoint()
        endpoint.store = PostStore(isRepetition: true)

        let reply = try await endpoint.post(Fixture.request("deliver.xml"))

        #expect(try reply.body == Fixture.answer("deliver-taken"))
    }

    @Test("a store that cannot keep it asks for a repetition in both layers, and its files stay for that")
    func storeFailure() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var endpoint = endpoint()
        endpoint.folder = folder.path
        endpoint.store = PostStore(inboundFailure: .unavailable("disk full"))

        let reply = try await endpoint.post(Fixture.request("deliver-slides.mime"), contentType: Self.mime)
        endpoint.store = PostStore()
        let again = try await endpoint.post(Fixture.request("deliver-slides.mime"), contentType: Self.mime)

        #expect(reply.status == 503)
        #expect(try reply.body == Fixture.answer("deliver-failure"))
        #expect(again.status == 200)
        let hash = try #require(await endpoint.store.deliveries.first?.copies.first?.inbound.media.first?.file?.hash)
        let path = folder.appending(path: "media/\(hash.prefix(2))/\(hash)").path
        #expect(FileManager.default.contents(atPath: path)?.count == 25)
    }

    @Test("a disk that cannot keep its files asks for a repetition, and no row is written")
    func diskFailure() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var endpoint = endpoint()
        endpoint.folder = folder.path
        // Where the shelves would be there are files.
        let media = folder.appending(path: "media")
        try FileManager.default.createDirectory(at: media, withIntermediateDirectories: true)
        for shelf in 0...255 { try Data().write(to: media.appending(path: String(format: "%02x", shelf))) }

        let reply = try await endpoint.post(Fixture.request("deliver-slides.mime"), contentType: Self.mime)

        #expect(reply.status == 503)
        #expect(await endpoint.store.deliveries.isEmpty)
    }

    @Test("a read reply is a report that the message was delivered; one for no message of ours is 2005")
    func readReply() async throws {
        let endpoint = TestEndpoint(store: PostStore(.success(.unknownMessage)))

        let reply = try await endpoint.post(Fixture.request("read-reply.xml"))

        #expect(reply.status == 200)
        #expect(try reply.body == Fixture.answer("read-reply-unknown"))
        let report = try #require(await endpoint.store.reports.first)
        #expect((report.messageID, report.recipient, report.status) == ("m-1", "15550100001", "Read"))
        #expect(report.fate == .delivered)
    }
}
