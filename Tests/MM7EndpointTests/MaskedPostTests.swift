import Foundation
import GatewayCore
import MM7
import Testing

@testable import MM7Endpoint

@Suite("An unreadable post as an operator sees it")
struct MaskedPostTests {
    private func masked(_ text: String, contentType: String? = nil) -> String {
        MaskedPost.text(of: Array(text.utf8)[...], contentType: contentType)
    }

    @Test("of an envelope there are the elements, the ids and codes, and nothing of a subscriber")
    func envelope() {
        let post = """
            <?xml version="1.0" encoding="UTF-8"?>
            <env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Header>\
            <TransactionID env:mustUnderstand="1">tx-7</TransactionID></env:Header>
            <DeliverReq secret="hush"><Sender><Number>+15550100001</Number></Sender><VASPID>vasp</VASPID>\
            <Subject>Hello there</Subject><Content href="cid:x"/><MessageID>15550100001</MessageID>
            """

        #expect(
            masked(post) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Header>\
                <TransactionID env:mustUnderstand="1">tx-7</TransactionID></env:Header>
                <DeliverReq secret="•••"><Sender><Number>•••</Number></Sender><VASPID>•••</VASPID>\
                <Subject>•••</Subject><Content href="•••"/><MessageID>\(PeerText("15550100001"))</MessageID>
                """)
    }

    @Test("of parts there are delimiters and headers, and the lengths of contents")
    func parts() {
        let post = """
            --b1\r
            Content-Type: text/xml; charset=utf-8; name="Anna.xml"\r
            X-Sender: +15550100001\r
            \r
            <a>Hello</a>\r
            --b1\r
            Content-Type: text/plain\r
            \r
            Meet me\r
            --Anna\r
            --b1--
            """

        #expect(
            masked(post) == """
                --b1
                Content-Type: text/xml; charset=utf-8; name=•••
                X-Sender: •••

                <a>•••</a>
                --b1
                Content-Type: text/plain

                (14 bytes)
                --b1--
                """)
    }

    @Test("a preamble is masked where the header of the post has the delimiter")
    func preamble() {
        let post = "Hello\n--b1\nContent-Type: text/plain\n\nMeet me"

        #expect(masked(post) == "(\(post.utf8.count) bytes)")
        #expect(
            masked(post, contentType: "multipart/related; boundary=b1")
                == "(5 bytes)\n--b1\nContent-Type: text/plain\n\n(7 bytes)")
    }

    @Test(
        "what is broken in any way shows nothing of its content either",
        arguments: [
            "secret +15550100001", "<secret +15550100001", "<a b='secret>15550100001", "<a>secret", "<!-- secret -->",
            "<![CDATA[secret", "<!DOCTYPE secret [<!ENTITY x 'secret'>]>", "{\"secret\": \"15550100001\"}",
            "--b\r\nsecret\r\n\r\nsecret", "--my secret\n\n1", "--b\nmy secret: x\nContent-Type: a secret\n\n",
            "--b\r\nContent-Type: text/xml\r\n\r\nsecret<a secret",
            "a=\"secret\"<x>secret",
            "<x y=\"secret\" z='15550100001'>", "<x><secret 15550100001/>secret</x>", "<?secret 15550100001?>",
        ])
    func broken(post: String) {
        let text = masked(post)

        #expect(!text.contains("15550100001"), "\(text)")
        // Names of elements are shown whatever they are.
        #expect(!text.contains("secret") || text.contains("<secret") || text.contains("<?secret"), "\(text)")
    }

    @Test("bytes of any kind are read to their end")
    func anything() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let bytes = (0..<400).map { _ in "<>/=\"' -\n\r!?[]:a1".utf8.randomElement(using: &random) ?? 0 }
            _ = MaskedPost.text(of: bytes[...], contentType: "multipart/related; boundary=b")
            _ = MaskedPost.text(of: (Array("--b\n\n".utf8) + bytes)[...], contentType: nil)
        }
    }
}
