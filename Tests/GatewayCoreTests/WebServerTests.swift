import GatewayCore
import Testing

@Suite("The server behind a URL")
struct WebServerTests {
    @Test(
        "scheme, host and port, and nothing that may be secret",
        arguments: [
            ("https://Media.Example/a.jpg?key=1", "https://media.example:443"),
            ("http://media.example", "http://media.example:80"),
            ("http://media.example:8080/a", "http://media.example:8080"),
            ("HTTPS://user:pass@media.example/a@b", "https://media.example:443"),
            ("http://[2001:db8::1]/a", "http://[2001:db8::1]:80"),
            ("http://[2001:db8::1]:81/a", "http://[2001:db8::1]:81"), ("nonsense", ""), ("", ""),
            ("https://hooks.example:443/a", "https://hooks.example:443"),
        ])
    func parts(url: String, server: String) {
        #expect(WebServer(of: url).description == server)
    }

    @Test("two ways to write it are one server")
    func equal() {
        #expect(WebServer(of: "http://a.example/x") == WebServer(of: "http://A.example:80?y"))
        #expect(WebServer(of: "http://a.example/x") != WebServer(of: "https://a.example/x"))
    }
}
