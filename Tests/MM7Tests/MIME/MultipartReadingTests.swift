import Foundation
import Testing

@testable import MM7

@Suite struct MultipartReadingTests {
    private let handsetType = "multipart/related; Type=\"text/xml\"; Start=\"<soap>\"; Boundary=\"=outer\""
    private let soap = """
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>
        <TransactionID>t-1</TransactionID></s:Header><s:Body><DeliverReq><Content href="cid:c"/></DeliverReq></s:Body>
        </s:Envelope>
        """

    @Test("a handset's message is read with all its liberties")
    func handset() throws {
        let message = try MessageReader().read(Fixture.bytes("deliver-handset.mime"), contentType: handsetType)
        let request = try #require(message.envelope.deliverReq)

        #expect(message.envelope.transactionID == "mo-1")
        #expect(request.vasID == "quiz")
        #expect(request.sender?.normalized == "15550100")
        #expect(request.recipients.to == [.shortCode("55512")])
        #expect(request.subject == "Grüße")
        #expect(message.content.map(\.contentType.essence) == ["application/smil", "text/plain"])
        #expect(message.content.map(\.fileName) == ["s", "note.txt"])
        #expect(message.content.map(\.text) == ["<smil/>", "Grüße"])
        #expect(message.content[0].isPresentation)
        #expect(message.notes.isEmpty)
    }

    @Test("line ends of either kind and a missing start or boundary parameter change nothing")
    func equalReadings() throws {
        let fixture = try Fixture.text("deliver-handset.mime")
        let unframed = fixture.drop { $0 == "\n" }.drop { $0 != "\n" }.dropFirst()
        let variants: [([UInt8], String?)] = [
            (fixture.crlf, handsetType),
            (Array(fixture.utf8), "multipart/related; boundary==outer"),
            (Array(unframed.utf8), "multipart/related; type=text/xml"),
            (Array(unframed.utf8), nil),
            (Array(fixture.utf8), "multipart/related; start=\"<nobody>\"; boundary=\"=outer\";"),
        ]
        for (bytes, type) in variants {
            let message = try MessageReader().read(bytes, contentType: type)
            #expect(message.content.map(\.text) == ["<smil/>", "Grüße"])
        }
    }

    @Test("binary parts keep every octet and are slices of the input")
    func binary() throws {
        let media: [UInt8] =
            Array("\r\n\r\n--b\u{0}\r\n--bx\r\n -- b\n--".utf8) + (0...255).map { UInt8($0) } + [0x0D, 0x0A, 0x0D]
        let head = """
            --b
            Content-Type: text/xml

            \(soap)
            --b
            Content-Type: image/jpeg
            Content-ID: c


            """.crlf
        let bytes = head + media + "\n--b--\n".crlf

        let message = try MessageReader().read(bytes, contentType: "multipart/related; boundary=b")

        let part = try #require(message.content.first)
        #expect(Array(part.bytes) == media)
        #expect(part.bytes.startIndex == head.count)
    }

    @Test("a delimiter is found wherever it begins", arguments: 0..<140)
    func delimiterPlaces(count: Int) throws {
        let media = [UInt8](repeating: UInt8(ascii: "x"), count: count) + "\n-".utf8
        let bytes = "--b\n\n\(soap)\n--b\n\n".crlf + media + "\r\n--b--".utf8

        let message = try MessageReader().read(bytes, contentType: "multipart/related; boundary=b")

        #expect(message.content.map { Array($0.bytes) } == [media])
    }

    @Test(
        "media full of line ends and near delimiters is read like any other",
        arguments: ["\n", "\n-", "\n--", "\r\n--a"])
    func nearDelimiters(pattern: String) throws {
        let media = [UInt8](repeatElement(Array(pattern.utf8), count: 100_000).joined())
        let boundary = String(repeating: "a", count: 200)
        let bytes = "--\(boundary)\n\n\(soap)\n--\(boundary)\n\n".crlf + media + "\r\n--\(boundary)--".utf8

        let message = try MessageReader().read(bytes, contentType: "multipart/related; boundary=\(boundary)")

        #expect(message.content.map(\.bytes.count) == [media.count])
    }

    @Test("a slice of a larger buffer is read by its own indices")
    func offset() throws {
        let fixture = try Fixture.bytes("deliver-handset.mime")
        let buffer = [UInt8](repeating: 0x2D, count: 1000) + fixture + [0x2D, 0x2D]

        let message = try MessageReader().read(buffer[1000..<(1000 + fixture.count)], contentType: handsetType)

        #expect(message.content.count == 2)
    }

    @Test("a boundary may hold blanks, and delimiters may be followed by some")
    func blanks() throws {
        let bytes = "--two words \t\n\n\(soap)\n--two words\nContent-Type: text/plain\n\nhi\n--two words-- ".crlf

        let message = try MessageReader().read(bytes, contentType: "multipart/related; boundary=\"two words\"")

        #expect(message.content.map(\.text) == ["hi"])
    }

    @Test("a part may be empty, but never lose its media to its headers")
    func emptyPart() throws {
        let type = "multipart/related; boundary=b"
        let empty = "--b\n\n\(soap)\n--b\nContent-ID: <c>\nContent-Type: text/plain\n\n--b--\n"
        let message = try MessageReader().read(empty.crlf, contentType: type)
        #expect(message.content.map(\.contentID) == ["c"])
        #expect(message.content.map(\.text) == [""])

        let unended = "--b\n\n\(soap)\n--b\nContent-ID: <c>\nmedia: of unknown length\n\n--b--\n"
        let error = #expect(throws: MM7Error.self) { _ = try MessageReader().read(unended.crlf, contentType: type) }
        #expect(error?.code == .malformedMultipart)
    }

    @Test("a lost close delimiter and a wrong reference are noted, not refused")
    func lenient() throws {
        let bytes = "--b\n\n\(soap)\n--b\nContent-ID: <d>\nContent-Type: text/plain\n\nhi".crlf

        let message = try MessageReader().read(bytes, contentType: "multipart/related; boundary=b")

        #expect(message.content.map(\.text) == ["hi"])
        #expect(message.notes.contains("Content names a part that does not exist"))
        #expect(message.notes.contains("the close delimiter is missing"))
    }

    @Test(
        "a body without structure is refused",
        arguments: [
            ("multipart/related; boundary=other", "--b\n\n<a/>\n--b--\n"),
            ("multipart/related", "Content-Type: text/xml\n\n<a/>"),
            ("multipart/related; boundary=\"\"", "--\n\n<a/>\n----\n"),
            ("multipart/related; boundary=b", "--b\nContent-Type: text/xml\n<a/>\n--b--\n"),
            ("multipart/related; boundary=b", "--b\n--b--"),
            ("multipart/related; boundary=b", "--b--"),
            ("multipart/related; boundary=b", "--b"),
        ])
    func refused(type: String, body: String) {
        #expect(throws: MM7Error.self) { _ = try MessageReader().read(body.crlf, contentType: type) }
    }

    @Test("parts, headers and nesting are bounded")
    func bounds() throws {
        let type = "multipart/related; boundary=b"
        let many = "--b\n\n\(soap)\n" + String(repeating: "--b\n\nx\n", count: 200) + "--b--"
        let error = #expect(throws: MM7Error.self) { _ = try MessageReader().read(many.crlf, contentType: type) }
        #expect(error?.code == .tooManyParts)

        let header = "--b\nX-Long: " + String(repeating: "x", count: 10_000) + "\n\n\(soap)\n--b--"
        let second = #expect(throws: MM7Error.self) { _ = try MessageReader().read(header.crlf, contentType: type) }
        #expect(second?.code == .malformedMultipart)

        let unended = "--b\n\n\(soap)\n--b\nContent-Type: a/b; c=" + String(repeating: "x", count: 10_000) + "\n\n--b--"
        let bodiless = #expect(throws: MM7Error.self) { _ = try MessageReader().read(unended.crlf, contentType: type) }
        #expect(bodiless?.code == .malformedMultipart)

        var nested = "x"
        for level in 0..<8 {
            nested = "Content-Type: multipart/mixed; boundary=n\(level)\n\n--n\(level)\n\(nested)\n--n\(level)--"
        }
        let deep = "--b\n\n\(soap)\n--b\n\(nested)\n--b--"
        let third = #expect(throws: MM7Error.self) { _ = try MessageReader().read(deep.crlf, contentType: type) }
        #expect(third?.code == .tooDeep || third?.code == .malformedMultipart)
        #expect(third?.head.transactionID == "t-1")
    }
}
