import ConfigurationReading
import Testing

@testable import GatewayConfiguration

@Suite("Addresses and URLs in a configuration")
struct AddressFormTests {
    @Test(
        "addresses to listen at",
        arguments: [
            ("127.0.0.1:9090", "127.0.0.1", 9090), (":8080", "0.0.0.0", 8080), ("[::1]:8080", "::1", 8080),
            ("[::]:0", "::", 0), ("localhost:65535", "localhost", 65535),
        ])
    func listening(text: String, host: String, port: Int) {
        #expect(ListenAddress(text) == ListenAddress(host: host, port: port))
        #expect(ListenAddress(text).map { ListenAddress($0.description) } == ListenAddress(text))
    }

    @Test(
        "no addresses to listen at",
        arguments: [
            "", "8080", ":", "host:", ":65536", ":-1", "::1:80", "[::1]", "[host]:80", "a b:80", "http://h:80", ":+1",
        ])
    func notListening(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test(
        "URLs",
        arguments: [
            ("https://host/path?x=1", true), ("HTTP://host", true), ("http://[::1]:80/", true),
            ("http://host:0/", false),
            ("host/path", false), ("ftp://host/", false), ("http:///path", false), ("http://u@host/", false),
            ("http://u:p@host/", false), ("http://host/#x", false), ("http://ho st/", false), ("http://höst/", true),
            ("http://host:99999/", false), ("", false),
        ])
    func urls(text: String, fits: Bool) {
        #expect((ValueFormat.webURL().parse(.string(text)) != nil) == fits)
    }
}
