import Testing

@testable import MockMMSC

@Suite("Strict XML")
struct StrictXMLTests {
    @Test("elements, attributes and text come with their namespaces")
    func document() throws {
        let text = """
            <?xml version="1.0"?><!-- a --><a xmlns="urn:a" xmlns:b='urn:b' b:x="1" y="&lt;2&#x41;">
             <b:c/> one <!-- b --> &amp; two <d xmlns=""> </d></a>
            """

        let root = try StrictXML.read(Array(text.utf8)[...])

        #expect(root.namespace == "urn:a")
        #expect(root.attribute("y") == "<2A")
        #expect(root.attributes.map(\.namespace) == ["urn:b", nil])
        #expect(root.children.map(\.name) == ["c", "d"])
        #expect(root.children.map(\.namespace) == ["urn:b", nil])
        #expect(root.text.split(separator: " ") == ["one", "&", "two"])
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", " ", "<", "<a", "<a>", "<a></b>", "<a/><b/>", "<a/>x", "<a><b></a></b>", "<a x=1/>", "<a x='1' x='2'/>",
            "<a x='1'y='2'/>", "<b:a/>", "<a b:x='1'/>", "<a>&b;</a>", "<a>&lt</a>", "<a>&#xD800;</a>",
            "<!DOCTYPE a><a/>", "<a><?b?></a>", "<a><!-- </a>", "<a>\u{FFFF}</a", "x<a/>", "<a x='1/>",
            String(repeating: "<a>", count: 17) + String(repeating: "</a>", count: 17),
        ])
    func refused(text: String) {
        #expect(throws: Violation.self) { try StrictXML.read(Array(text.utf8)[...]) }
    }

    @Test("bytes that are no UTF-8 are refused")
    func encoding() {
        #expect(throws: Violation.self) { try StrictXML.read([0x3C, 0x61, 0x3E, 0xFF, 0x3C, 0x2F, 0x61, 0x3E]) }
    }
}
