import FoundationEssentials
import GatewayCore
import HTTPTypes
import IPRanges
import MM7Endpoint
import Testing

@Suite("Who may post")
struct AccessTests {
    private let login = CallbackAccess(login: .init(username: "north", password: Secret("pass:word")))

    @Test("the right credentials let a report in")
    func rightCredentials() async throws {
        let endpoint = TestEndpoint(callback: login)

        let header = "bAsIc \(Data("north:pass:word".utf8).base64EncodedString())"
        let reply = try await endpoint.post(Fixture.request("report-standard.xml"), authorization: header)

        #expect(reply.status == 200)
        #expect(await endpoint.store.mmscs == ["north"])
    }

    @Test(
        "missing and wrong credentials get 401 and a fault",
        arguments: [
            nil, "", "Basic", "Basic ", "Basic !!!", "Bearer abc",
            "Basic \(Data("north".utf8).base64EncodedString())",
            "Basic \(Data("north:pass".utf8).base64EncodedString())",
            "Basic \(Data("south:pass:word".utf8).base64EncodedString())",
        ])
    func wrongCredentials(header: String?) async throws {
        let endpoint = TestEndpoint(callback: login)

        let reply = try await endpoint.post(Fixture.request("report-standard.xml"), authorization: header)

        #expect(reply.status == 401)
        #expect(reply.headers[.wwwAuthenticate]?.hasPrefix("Basic realm=") == true)
        #expect(try reply.body == Fixture.answer("unauthorized"))
        #expect(await endpoint.store.reports.isEmpty)
    }

    @Test("a peer outside the allowed addresses, or without one, gets 403 and a fault")
    func address() async throws {
        let range = try #require(IPRange("10.0.0.0/8"))
        let endpoint = TestEndpoint(callback: CallbackAccess(allowed: [range]))

        let reply = try await endpoint.post(Fixture.request("report-standard.xml"))

        #expect(reply.status == 403)
        #expect(try reply.body == Fixture.answer("forbidden"))
    }

    @Test(
        "an MMSC that is not configured gets 404 and a fault",
        arguments: ["/mm7/south", "/mm7", "/mm7/north/reports"])
    func unknownMMSC(path: String) async throws {
        let reply = try await TestEndpoint().post(Fixture.request("report-standard.xml"), to: path)

        #expect(reply.status == 404)
        #expect(try reply.body == Fixture.answer("unknown-mmsc"))
    }

    @Test("probes with other methods get 405", arguments: [HTTPRequest.Method.get, .head, .put, .delete, .options])
    func methods(method: HTTPRequest.Method) async throws {
        let reply = try await TestEndpoint(callback: login).post([], method: method)

        #expect(reply.status == 405)
        #expect(reply.headers[.allow] == "POST")
        #expect(try reply.body == Fixture.answer("wrong-method"))
    }
}
