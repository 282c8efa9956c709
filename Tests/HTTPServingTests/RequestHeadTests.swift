import NIOCore
import Testing

@testable import HTTPServing

@Suite("Heads of requests")
struct RequestHeadTests {
    /// All that comes out of the octets for the parser behind, as far as they go.
    private func passed(_ text: String) throws(RequestRefusal) -> String {
        var framing = RequestFraming()
        var inbox = ByteBuffer(string: text)
        var result = ""
        while true {
            switch try framing.next(&inbox) {
            case .head(let head): result += String(buffer: head.octets)
            case .body(let octets): result += String(buffer: octets)
            case .end: result += "|"
            case .waiting: return result + String(buffer: inbox)
            }
        }
    }

    private func head(_ text: String) throws(RequestRefusal) -> RequestHead {
        var framing = RequestFraming()
        var inbox = ByteBuffer(string: text)
        guard case .head(let head) = try framing.next(&inbox) else { throw .badField }
        return head
    }

    @Test("a request in good order is passed as it is")
    func plain() throws {
        let text = "POST /mm7/north?a=b HTTP/1.1\r\nHost: a:80\r\nX: \u{e9}\r\nContent-Length: 3\r\n\r\nabc"

        #expect(try passed(text) == text + "|")
    }

    @Test("a field that is folded over lines is one line with a blank for each fold")
    func fold() throws {
        let folded =
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/related;\r\n\ttype=\"text/xml\";\r\n   start=x\r\n\r\n"

        #expect(
            try passed(folded)
                == "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/related; type=\"text/xml\"; start=x\r\n\r\n|")
    }

    @Test("a line is no longer for being folded")
    func longFold() {
        let lines = String(repeating: String(repeating: "a", count: 4000) + "\r\n ", count: 3)

        #expect(throws: RequestRefusal.headTooLarge) {
            try head("GET / HTTP/1.1\r\nHost: a\r\nX: \(lines)a\r\n\r\n")
        }
    }

    @Test("scheme and host of a target, and an upgrade, are not passed on")
    func leftOut() throws {
        let text =
            "GET http://a.example:80/x?y HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nX: 1\r\nUpgrade: b\r\nY: 2\r\n\r\n"

        #expect(try passed(text) == "GET /x?y HTTP/1.1\r\nHost: a\r\nX: 1\r\nY: 2\r\n\r\n|")
        #expect(try passed("GET HTTPS://a HTTP/1.1\r\nHost: a\r\n\r\n") == "GET / HTTP/1.1\r\nHost: a\r\n\r\n|")
    }

    @Test(
        "a connection ends after the answer where either end of the grammar says so",
        arguments: [
            ("HTTP/1.1", "", false), ("HTTP/1.1", "Connection: close\r\n", true),
            ("HTTP/1.1", "Connection: Close\r\n", true), ("HTTP/1.1", "connection: keep-alive , CLOSE\r\n", true),
            ("HTTP/1.1", "Connection: closed\r\n", false), ("HTTP/1.1", "Connection: x\r\nConnection: close\r\n", true),
            ("HTTP/1.0", "", true), ("HTTP/1.0", "Connection: Keep-Alive\r\n", false),
            ("HTTP/1.0", "Connection: keep-alive, close\r\n", true),
        ])
    func closes(version: String, field: String, closes: Bool) throws {
        #expect(try head("GET / \(version)\r\nHost: a\r\n\(field)\r\n").closes == closes)
    }

    @Test(
        "what senders and proxies read differently is refused",
        arguments: [
            ("GET / HTTP/1.1\r\n\r\n", RequestRefusal.noHost),
            ("GET / HTTP/1.1\r\nHost: a\r\nhOST: a\r\n\r\n", .severalHosts),
            ("GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", .severalHosts),
            ("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", .badHost), ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", .badHost),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", .unclearLength),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n", .unclearLength),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n", .unclearLength),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n", .unclearLength),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775808\r\n\r\n", .unclearLength),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", .unclearLength),
            ("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", .unclearLength),
            ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n", .unknownEncoding),
            ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", .unknownEncoding),
            ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n", .unknownEncoding),
            ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\u{0b}chunked\r\n\r\n", .controlCharacter),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 1\r\n\r\n", .badField),
            ("GET / HTTP/1.1\r\n X: 1\r\nHost: a\r\n\r\n", .badField), ("GET / HTTP/1.1\r\n: 1\r\n\r\n", .badField),
            ("GET / HTTP/1.1\r\nHost a\r\n\r\n", .badField), ("GET / HTTP/1.1\nHost: a\r\n\r\n", .badLineEnd),
            ("GET / HTTP/1.1\r\nX: a\rb\r\n\r\n", .badLineEnd), ("GET / HTTP/1.1\r\nX: a\0\r\n\r\n", .controlCharacter),
            ("GET / HTTP/1.1\r\nX: a\u{7f}\r\n\r\n", .controlCharacter), ("\u{16}\u{03}\u{01}", .badRequestLine),
            ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", .badRequestLine), ("GET / HTTP/1.1 \r\n\r\n", .badRequestLine),
            ("GET /\r\nHost: a\r\n\r\n", .badRequestLine), ("GET a HTTP/1.1\r\nHost: a\r\n\r\n", .badRequestLine),
            ("GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", .badRequestLine), (" GET / HTTP/1.1\r\n", .badRequestLine),
            ("G(T / HTTP/1.1\r\nHost: a\r\n\r\n", .badRequestLine), ("GET /\t HTTP/1.1\r\n\r\n", .badRequestLine),
            ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", .unknownVersion), ("PRI * HTTP/2.0\r\n\r\n", .unknownVersion),
            ("GET / HTTP/1.10\r\nHost: a\r\n\r\n", .unknownVersion),
            ("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", .tunnel),
        ])
    func refused(text: String, refusal: RequestRefusal) {
        #expect(throws: refusal) { try passed(text) }
    }

    @Test("limits of a head hold before its end has come")
    func limits() {
        #expect(throws: RequestRefusal.headTooLarge) { try passed("GET /" + String(repeating: "a", count: 9000)) }
        #expect(throws: RequestRefusal.headTooLarge) {
            try passed("GET / HTTP/1.1\r\n" + String(repeating: "X: 1\r\n", count: 65))
        }
        #expect(throws: RequestRefusal.headTooLarge) {
            let field = "X: " + String(repeating: "a", count: 1000) + "\r\n"
            return try passed("GET / HTTP/1.1\r\n" + String(repeating: field, count: 17))
        }
    }

    @Test("empty lines before a request are no part of it")
    func emptyLines() throws {
        #expect(try passed("\r\n\r\nGET / HTTP/1.0\r\n\r\n") == "GET / HTTP/1.0\r\n\r\n|")
    }
}
