import Foundation
import Testing

@testable import MM7

@Suite struct HostileInputTests {
    private func code(_ text: String, limits: ReadingLimits = .init()) -> MM7Error.Code? {
        code(Array(text.utf8), limits: limits)
    }

    private func code(_ bytes: [UInt8], type: String? = "text/xml", limits: ReadingLimits = .init()) -> MM7Error.Code? {
        do throws(MM7Error) {
            _ = try MessageReader(limits: limits).read(bytes, contentType: type)
            return nil
        } catch {
            return error.code
        }
    }

    private func rsp(_ inner: String) -> String { "<SubmitRsp><StatusCode>1000</StatusCode>\(inner)</SubmitRsp>" }

    @Test(
        "document types and entities are refused before they are read",
        arguments: [
            "<!DOCTYPE a SYSTEM \"file:///etc/hostname\" []><SubmitRsp/>",
            "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]><SubmitRsp>&c;</SubmitRsp>",
            "<?xml version=\"1.0\"?><!-- x --><!DOCTYPE a[]><SubmitRsp/>", "<!ENTITY a \"b\"><SubmitRsp/>",
            "<SubmitRsp><!DOCTYPE a></SubmitRsp>",
        ])
    func doctype(text: String) {
        #expect(code(text) == .doctype)
    }

    @Test("a document type hidden in another charset is found")
    func hiddenDoctype() {
        let text = "<!DOCTYPE a [<!ENTITY b \"c\">]><SubmitRsp>&b;</SubmitRsp>"
        #expect(code([0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }) == .doctype)
        let utf7 = "<?xml version=\"1.0\" encoding=\"utf-7\"?>+ADw-!DOCTYPE a+AFsAXQA+-<SubmitRsp/>"
        #expect(code(utf7) == .doctype)
    }

    @Test("markup inside comments and CDATA is only text")
    func harmlessMarkup() {
        #expect(code(rsp("<!-- <!DOCTYPE a> --><Details><![CDATA[<!DOCTYPE a>&x;]]></Details>")) == nil)
    }

    @Test("depth, elements, attributes and text are bounded")
    func bounds() {
        let deep = String(repeating: "<a>", count: 33) + String(repeating: "</a>", count: 33)
        #expect(code(deep) == .tooDeep)
        #expect(code(rsp(String(repeating: "<a/>", count: 2_000))) == .tooManyElements)
        #expect(code(rsp("<a " + (0..<65).map { "a\($0)=\"=\"" }.joined(separator: " ") + "/>")) == .tooManyAttributes)
        #expect(code(rsp("<a " + (0..<64).map { "a\($0)='='" }.joined(separator: " ") + "/>")) == nil)
        #expect(code(rsp(String(repeating: "x", count: 50_000))) == .tooLarge)
        #expect(code(rsp(String(repeating: " ", count: 70_000))) == .tooLarge)
        var limits = ReadingLimits()
        limits.messageBytes = 10
        #expect(code(rsp(""), limits: limits) == .tooLarge)
    }

    @Test("long namespaces that take turns are kept once each")
    func alternatingNamespaces() throws {
        let long = String(repeating: "n", count: 15_000)
        let turns = String(repeating: "<p:a/><q:a/>", count: 900)
        let text = "<a xmlns:p=\"\(long)\" xmlns:q=\"\(long)q\">\(turns)</a>"

        let parsing = XMLTree.parse(Array(text.utf8), limits: ReadingLimits())

        #expect(parsing.error == nil)
        #expect(parsing.tree.names.count < 40_000)
    }

    @Test(
        "what is not well formed and says nothing is refused",
        arguments: [
            "<", "<a", "<a b=>", "<SubmitRsp>", "<SubmitRsp></SubmitReq>", "<a:SubmitRsp/>", "<SubmitRsp a:b='1'/>",
            "<a::SubmitRsp xmlns:a='u'/>", "<SubmitRsp>&undeclared;</SubmitRsp>", "<SubmitRsp>\u{1}</SubmitRsp>",
            "<SubmitRsp/><SubmitRsp/>", "<SubmitRsp a='1' a='2'/>", "text", "<SubmitRsp>\u{0}</SubmitRsp>",
            "<SubmitRsp>&#0;</SubmitRsp>", "<?xml version=\"1.0\"?>", "<!-->", "<![CDATA[x",
        ])
    func notWellFormed(text: String) {
        #expect(code(text) != nil)
    }

    @Test("the TransactionID of a document that breaks off is still found")
    func transactionID() throws {
        let text = try Fixture.text("report-standard.xml")
        for broken in [text.replacing("</Recipient>", with: ""), text.replacing("<Sender>", with: "<x></y><Sender>")] {
            let error = #expect(throws: MM7Error.self) {
                _ = try MessageReader().read(Array(broken.utf8), contentType: nil)
            }
            #expect(error?.code == .notWellFormed)
            #expect(error?.head.transactionID == "r-1")
        }
    }

    @Test("nothing is an error of its own", arguments: ["", " \r\n\t", "\u{FEFF}"])
    func empty(text: String) {
        #expect(code(text) == .empty || code(text) == .notWellFormed)
    }

    @Test("a message cut off anywhere is read or refused, never worse")
    func truncation() throws {
        for fixture in ["report-standard.xml", "fault-standard.xml"] {
            let bytes = try Fixture.bytes(fixture)
            let end = try #require(bytes.lastIndex(of: UInt8(ascii: ">")))
            for length in 0...end {
                #expect(code(Array(bytes[..<length])) != nil)
            }
        }
        let multipart = try Fixture.bytes("deliver-handset.mime")
        for length in multipart.indices {
            _ = code(Array(multipart[..<length]), type: "multipart/related; boundary=\"=outer\"")
        }
    }

    @Test("a message with any one octet changed is read or refused, never worse")
    func mutation() throws {
        let multipart = try Fixture.bytes("deliver-handset.mime")
        for index in multipart.indices {
            for octet: UInt8 in [0x00, 0x0A, 0x22, 0x2D, 0x3C, 0xFF] {
                var bytes = multipart
                bytes[index] = octet
                _ = code(bytes, type: "multipart/related; boundary=\"=outer\"")
            }
        }
    }

    @Test("hostile values in the right places do not trap")
    func values() {
        let number = String(repeating: "9", count: 400)
        let inner = """
            <MessageID>m</MessageID><MMStatus>\(number)</MMStatus><Date>\(number)-1-1</Date>
            <TimeStamp>P\(number)Y</TimeStamp><Recipient><Number>tel:</Number></Recipient><Sender>/TYPE=</Sender>
            <UACapabilities TimeStamp="P\(number)D"/>
            """
        #expect(code("<DeliveryReportReq>\(inner)</DeliveryReportReq>") == nil)
        let submit = """
            <SubmitReq><ReplyCharging replyChargingSize="\(number)" replyDeadline="-"/><Content href=" cid:%%4"/>
            <ExpiryDate>\(number)</ExpiryDate><DeliveryCondition><DC>\(number)</DC></DeliveryCondition>
            <Subject>=?utf-8?B?=?= =?\(number)?Q?=?=</Subject></SubmitReq>
            """
        #expect(code(submit) == nil)
    }
}
