import NIOCore
import Testing

@testable import HTTPServing

@Suite("Where requests end")
struct RequestFramingTests {
    private static let start = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"

    /// What comes out of pieces of so many octets, behind the head.
    private func body(_ text: String, pieces count: Int) throws(RequestRefusal) -> String {
        var framing = RequestFraming()
        var all = ByteBuffer(string: Self.start + text)
        var inbox = ByteBuffer()
        var result = ""
        while var piece = all.readSlice(length: min(count, all.readableBytes)), piece.readableBytes > 0 {
            inbox.writeBuffer(&piece)
            reading: while true {
                switch try framing.next(&inbox) {
                case .head: break
                case .body(let octets): result += String(buffer: octets)
                case .end: return result + "|" + String(buffer: inbox) + String(buffer: all)
                case .waiting: break reading
                }
            }
        }
        return result
    }

    @Test("chunks that come together are one, without extensions and trailers, and what follows stays")
    func chunks() throws {
        let text = "1\r\na\r\n002;x=\"y\"\r\nbc\r\n0\r\nX: 1\r\n\r\nGET"

        #expect(try body(text, pieces: 1000) == "3\r\nabc\r\n0\r\n\r\n|GET")
    }

    @Test("pieces of any length come to the same", arguments: 1...9)
    func pieces(count: Int) throws {
        let text = "a\r\n0123456789\r\n1;x\r\n!\r\n0\r\n\r\nGET"

        let (content, rest) = try #require(try body(text, pieces: count).split(separator: "|").pair)

        #expect(Self.content(content) == "0123456789!")
        #expect(rest == "GET")
    }

    private static func content(_ chunked: Substring) -> String {
        chunked.split(separator: "\r\n" as Character).enumerated().filter { $0.offset % 2 == 1 }.map(\.element).joined()
    }

    @Test(
        "chunks that are none are refused",
        arguments: [
            "\r\n", "g\r\n", "-1\r\n", "0x1\r\n", " 1\r\n", "1\n", "1\r\rx", "1\r\nab\r\n", "1\r\na\n", "1;\u{1}\r\n",
            "0\r\nX: 1\n\r\n", "0\r\n\r\r", "fffffffffffffffff\r\n", "1\u{7f}\r\n",
        ])
    func broken(text: String) {
        #expect(throws: RequestRefusal.badChunk) { try body(text, pieces: 1000) }
    }

    @Test("chunks of one octet are read as long as they are few")
    func tiny() throws {
        #expect(throws: RequestRefusal.badChunk) {
            try body(String(repeating: "1\r\na\r\n", count: 20_000), pieces: 1000)
        }
        let few = String(repeating: "1\r\na\r\n", count: 5000) + "0\r\n\r\n"
        #expect(try body(few, pieces: 100_000) == "1388\r\n\(String(repeating: "a", count: 5000))\r\n0\r\n\r\n|")
    }

    @Test(
        "extensions and trailers without an end are refused",
        arguments: ["1;", "0\r\nX: "], [true, false])
    func endless(start: String, inOne: Bool) {
        let more = start == "1;" ? "\r\na\r\n1;x" : "\r\nX: "
        let text = start + (inOne ? String(repeating: "x", count: 9000) : String(repeating: more, count: 9000))

        #expect(throws: RequestRefusal.badChunk) { try body(text, pieces: 1000) }
    }
}

extension Array {
    fileprivate var pair: (Element, Element)? { count == 2 ? (self[0], self[1]) : nil }
}
