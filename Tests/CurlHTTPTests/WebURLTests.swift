import Testing

@testable import CurlHTTP

@Suite("URLs that can be called", .timeLimit(.minutes(5)))
struct WebURLTests {
    @Test(
        "letters beyond ASCII in a host are written as Punycode, in lower case and composed",
        arguments: [
            ("http://bücher.test/", "xn--bcher-kva.test"),
            ("http://BÜCHER.Test:8080/x", "xn--bcher-kva.test"),
            ("http://bu\u{308}cher.test/", "xn--bcher-kva.test"),
            ("http://b%C3%BCcher.test/", "xn--bcher-kva.test"),
            ("http://user:p@bücher.test?q", "xn--bcher-kva.test"),
            ("http://münchen.ost\u{3002}straße.test/", "xn--mnchen-3ya.ost.xn--strae-oqa.test"),
            // After the samples of RFC 3492, 7.1.
            ("http://ليهمابتكلموشعربي/", "xn--mgbcah9ar9a4efegftvvn"),
            ("http://他们为什么不说中文/", "xn--ihqwcrb4cv8a8dqg056pqjye"),
            ("http://почемужеонинеговорятпорусски/", "xn--b1abfaaepdrnnbgefbadotcwatmq2g4l"),
            ("http://3年b組金八先生/", "xn--3b-ww4c5e180e575a65lsy2b"),
        ])
    func converted(text: String, host: String) throws {
        #expect(try WebURL(text).host == host)
    }

    @Test(
        "a host that has no ASCII form here, or that no name server knows, is refused",
        arguments: [
            "http://１２７.0.0.1/", "http://ﬁsh.test/", "http://x²/", "http://🐟.test/", "http://a\u{200D}b/",
            "http://\u{308}a.test/", "http://xn--bücher.test/", "http://-ü.test/", "http://ü-.test/", "http://a|b/",
            "http://a..b/", "http://.a/", "http://./", "http://\(String(repeating: "ü", count: 60)).test/",
            "http://\(String(repeating: "a", count: 64)).test/", "http://%ff.test/", "http://a%00b/", "http://a%2fb/",
            "http://%/", "http:///path", "http://:80/", "http://@/", "http://h:0/", "http://h:65536/", "http://h:+8/",
            "http://h:8a/", "http://[::1/", "http://[::g]/", "http:/h/", "http:h", "ftp://h/", "//h/", "h", "",
            "http://h/\u{A0}", "http://h/\u{85}", "http://h/a b", "http://h/\n", " http://h/",
        ])
    func refused(text: String) {
        #expect(throws: HTTPFailure.self) { try WebURL(text) }
    }

    @Test(
        "all spellings of a server are one origin",
        arguments: [
            ("HTTP://LocalHost", "http://localhost:80"), ("https://h/a?b#c", "https://h:443"),
            ("http://2130706433:8080/", "http://127.0.0.1:8080"), ("http://0x7f.1/", "http://127.0.0.1:80"),
            ("http://0177.0.0.1:080/", "http://127.0.0.1:80"), ("http://%6cocalhost/", "http://localhost:80"),
            ("http://user@h:81/", "http://h:81"), ("http://[::FFFF:127.0.0.1]/", "http://::ffff:127.0.0.1:80"),
            ("http://a_b.test:/", "http://a_b.test:80"),
        ])
    func origin(text: String, origin: String) throws {
        #expect(try WebURL(text).origin == origin)
    }

    @Test("what is beyond ASCII behind the host is percent-encoded, all else stays")
    func path() throws {
        #expect(try WebURL("http://h/ü|%zz?ä=\\#é").text == "http://h/%C3%BC|%zz?%C3%A4=\\#%C3%A9")
        #expect(try WebURL("http://h/👨‍👩‍👧").text == "http://h/%F0%9F%91%A8%E2%80%8D%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7")
    }

    @Test("a request goes to the ASCII form")
    func sent() async throws {
        try await withPeer(script: Script.echo) { server, client in
            let response = try await client.send(HTTPRequest(method: .get, url: server.url("/ü")))

            #expect(response.status == 200)
            #expect(server.requests.first?.head.first == "GET /%C3%BC HTTP/1.1")
        }
    }

    @Test(
        "fields that the client sets itself, or that end their line, cannot be sent",
        arguments: [
            ("Host", "x"), ("Connection", "close"), ("content-length", "1"), ("Transfer-Encoding", "chunked"),
            ("TE", "trailers"), ("Upgrade", "h2c"), ("Expect", "x"), ("X", "a\r\nb"), ("X", "\u{1}"), ("X Y", "z"),
            ("X:", "y"), ("", "y"), ("Ü", "y"), ("X", String(repeating: "y", count: 8000)),
        ])
    func fields(name: String, value: String) {
        #expect(HTTPHeaders.fault(inField: name, value) != nil)
    }

    @Test("a value of blanks goes out as an empty one")
    func blanks() async throws {
        try await withPeer(script: Script.echo) { server, client in
            _ = try await client.send(.post(server.url(), "x").with { $0.headers = ["X-Blank": " \t"] })

            #expect(server.requests.first?.header("X-Blank") == "")
        }
    }
}
