import FoundationEssentials
import GatewayCore
import HTTPTypes
import MM7
import MM7Endpoint
import Testing

@Suite("Answers to MMSCs")
struct AnswerTests {
    @Test(
        "a report is answered in the peer's own words",
        arguments: [
            "report-standard.xml", "report-prefixed.xml", "report-prefixed-root.xml", "report-status-code.xml",
            "report-numeric.xml", "report-unknown-status.xml", "report-no-transaction.xml", "read-reply.xml",
        ])
    func reports(name: String) async throws {
        let reply = try await TestEndpoint().post(Fixture.request(name))

        #expect(reply.status == 200)
        #expect(reply.headers[.contentType] == "text/xml; charset=utf-8")
        #expect(reply.headers[.contentLength] == String(reply.body.utf8.count))
        #expect(try reply.body == Fixture.answer(String(name.dropLast(4))))
    }

    @Test("a report may come as the only part of a multipart body")
    func multipart() async throws {
        let reply = try await TestEndpoint().post(
            Fixture.request("report-multipart.mime"),
            contentType: "multipart/related; boundary=--=_north; type=text/xml")

        #expect(reply.status == 200)
        #expect(try reply.body == Fixture.answer("report-standard"))
    }

    @Test(
        "what the store says decides the answer to a report",
        arguments: [
            (.success(.applied(ULID(high: 1, low: 1))), 200, "report-standard"),
            (.success(.nothingNew(ULID(high: 1, low: 1))), 200, "report-standard"),
            (.success(.held), 200, "report-standard"),
            (.success(.unknownMessage), 200, "report-unknown-message"),
            (.failure(.unavailable("disk full")), 503, "report-store-failure"),
            (.failure(.broken("malformed")), 503, "report-store-failure"),
            (.failure(.closed), 503, "report-store-failure"),
        ] as [(Result<ReportResult, StoreFailure>, Int, String)])
    func results(result: Result<ReportResult, StoreFailure>, status: Int, answer: String) async throws {
        let endpoint = TestEndpoint(store: PostStore(result))

        let reply = try await endpoint.post(Fixture.request("report-standard.xml"))

        #expect(reply.status == status)
        #expect(try reply.body == Fixture.answer(answer))
    }

    @Test("the answer waits for the commit")
    func commit() async throws {
        let (entered, enter) = AsyncStream<Void>.makeStream()
        let (released, release) = AsyncStream<Void>.makeStream()
        let store = PostStore(.success(.held)) {
            enter.yield()
            for await _ in released { return }
        }
        let request = try Fixture.request("report-standard.xml")

        async let reply = TestEndpoint(store: store).post(request)
        for await _ in entered { break }
        #expect(await store.reports.isEmpty)
        release.yield()

        #expect(try await reply.status == 200)
        #expect(await store.reports.count == 1)
    }

    @Test(
        "what cannot be taken is refused, in its own response where it has one",
        arguments: [
            ("report-no-message-id.xml", 200), ("report-no-status.xml", 200), ("deliver.xml", 200),
            ("submit.xml", 500), ("query-status.xml", 500),
        ])
    func refusals(name: String, status: Int) async throws {
        let endpoint = TestEndpoint()

        let reply = try await endpoint.post(Fixture.request(name))

        #expect(reply.status == status)
        #expect(reply.headers[.contentType] == "text/xml; charset=utf-8")
        #expect(try reply.body == Fixture.answer(String(name.prefix { $0 != "." })))
        #expect(await endpoint.store.reports.isEmpty)
    }

    @Test(
        "what is no MM7 gets a fault with the TransactionID that could be found",
        arguments: [("truncated.xml", "north-7"), ("doctype.xml", nil), ("page.html", nil)])
    func unreadable(name: String, transactionID: String?) async throws {
        let reply = try await TestEndpoint().post(Fixture.request(name))

        #expect(reply.status == 400)
        let answer = try MessageReader().read(Array(reply.body.utf8), contentType: reply.headers[.contentType])
        #expect(answer.envelope.operationName == "Fault")
        #expect(answer.envelope.status?.code == .validationError)
        #expect(answer.envelope.transactionID == transactionID)
        #expect(answer.notes.isEmpty)
    }

    @Test("where strict reading is asked for, what breaks the schema is refused in the report's own response")
    func strict() async throws {
        var endpoint = TestEndpoint()
        endpoint.strictness = .schema

        let right = try await endpoint.post(Fixture.request("report-standard.xml"))
        let wrong = try await endpoint.post(Fixture.request("report-numeric.xml"))

        #expect(try right.body == Fixture.answer("report-standard"))
        #expect(wrong.status == 200)
        #expect(wrong.body.contains("DeliveryReportRsp") && wrong.body.contains("<StatusCode>4004</StatusCode>"))
    }

    @Test("an empty post and one over the limit get faults")
    func sizes() async throws {
        var endpoint = TestEndpoint()

        let empty = try await endpoint.post([], contentType: nil)
        #expect(empty.status == 400)
        #expect(try empty.body == Fixture.answer("empty"))

        endpoint.limits.bodyBytes = 100
        let large = try await endpoint.post(Fixture.request("report-standard.xml"))
        #expect(large.status == 413)
        #expect(try large.body == Fixture.answer("too-large"))
    }

    @Test(
        "bytes without meaning get a fault, whatever their Content-Type says",
        arguments: ["text/xml", "multipart/related; boundary=x", "multipart/related", nil, "", "text/xml;;;"])
    func noise(type: String?) async throws {
        let noise = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* $0 &+ 13) }

        let reply = try await TestEndpoint().post(noise, contentType: type)

        #expect(reply.status == 400)
        #expect(reply.body.contains("VASPErrorRsp"))
    }
}
