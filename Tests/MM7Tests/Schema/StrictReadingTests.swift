import Testing

@testable import MM7

@Suite struct StrictReadingTests {
    private static let folder = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/"
    private static let namespace = folder + "REL-6-MM7-1-4"

    private var strict: MessageReader {
        var reader = MessageReader()
        reader.strictness = .schema
        return reader
    }

    private static let header = "<TransactionID xmlns=\"NS\" s:mustUnderstand=\"1\">t-1</TransactionID>"
    private static let report = """
        <DeliveryReportReq xmlns="NS"><MM7Version>6.8.0</MM7Version><MessageID>m</MessageID>
        <Recipient><Number>15550100</Number></Recipient><Sender><ShortCode>55512</ShortCode></Sender>
        <Date>2024-02-29T12:00:00Z</Date><MMStatus>Retrieved</MMStatus></DeliveryReportReq>
        """
    private static let response = """
        <DeliverRsp xmlns="NS"><MM7Version>6.8.0</MM7Version><Status><StatusCode>1000</StatusCode><StatusText>ok\
        </StatusText></Status></DeliverRsp>
        """

    private func envelope(_ header: String, _ body: String, namespace: String = Self.namespace) -> [UInt8] {
        let text = """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>\(header)</s:Header>
            <s:Body>\(body)</s:Body></s:Envelope>
            """
        return Array(text.replacing("NS", with: namespace).utf8)
    }

    private func error(_ bytes: [UInt8]) -> MM7Error? {
        #expect(throws: MM7Error.self) { _ = try strict.read(bytes, contentType: "text/xml") }
    }

    @Test("the envelopes that the others are made from are valid", arguments: [report, response])
    func valid(body: String) throws {
        #expect(throws: Never.self) { try strict.read(envelope(Self.header, body), contentType: "text/xml") }
    }

    /// What is changed in the valid report or response, and the element and the rule that the error names.
    struct Change: Sendable, CustomTestStringConvertible {
        var name: String
        var of: String
        var from: String
        var to: String
        var place: String
        var rule: String

        var testDescription: String { name }
    }

    @Test(
        "an operation that its schema does not allow is refused by the name of the element and the rule",
        arguments: [
            Change(
                name: "wrong order", of: report, from: "<Sender><ShortCode>55512</ShortCode></Sender>\n<Date>",
                to: "\n<Date>", place: "Date", rule: "is not expected here, expected is Sender"),
            Change(
                name: "missing MM7Version", of: report, from: "<MM7Version>6.8.0</MM7Version>", to: "",
                place: "MessageID", rule: "is not expected here, expected is MM7Version"),
            Change(
                name: "unknown element", of: report, from: "<MessageID>", to: "<Vendor>15550199</Vendor><MessageID>",
                place: "Vendor", rule: "is not expected here, expected is MMSRelayServerID or MessageID"),
            Change(
                name: "bad date", of: report, from: "2024-02-29T", to: "2023-02-29T", place: "Date",
                rule: "has a value that its type does not have"),
            Change(
                name: "unknown MMStatus", of: report, from: "Retrieved", to: "Vanished", place: "MMStatus",
                rule: "has a value that is not in the schema's list"),
            Change(
                name: "element without its end", of: report, from: "<MMStatus>Retrieved</MMStatus>", to: "",
                place: "DeliveryReportReq", rule: "lacks an element, expected is MMStatus"),
            Change(
                name: "two addresses", of: report, from: "</Number>", to: "</Number><Number>15550199</Number>",
                place: "Number", rule: "is not expected here"),
            Change(
                name: "qualified attribute", of: report, from: "<Number>",
                to: "<Number xmlns:m=\"NS\" m:displayOnly=\"true\">", place: "Number",
                rule: "attribute displayOnly is not allowed"),
            Change(
                name: "mixed qualification", of: report, from: "<MMStatus>", to: "<MMStatus xmlns=\"\">",
                place: "MMStatus", rule: "is not expected here, expected is MMStatus"),
            Change(
                name: "three-digit StatusCode", of: response, from: "1000", to: "100", place: "StatusCode",
                rule: "has a value of another form"),
            Change(
                name: "version in words", of: response, from: "6.8.0", to: "six", place: "MM7Version",
                rule: "has a value of another form"),
            Change(
                name: "no StatusText", of: response, from: "<StatusText>ok</StatusText>", to: "", place: "Status",
                rule: "lacks an element, expected is StatusText or Details"),
            Change(
                name: "unknown operation", of: response, from: "DeliverRsp", to: "QueryStatusRsp",
                place: "QueryStatusRsp", rule: "is not declared in the schema"),
        ])
    func refused(change: Change) {
        let error = error(envelope(Self.header, change.of.replacing(change.from, with: change.to)))

        #expect(error?.code == .invalid)
        #expect(error?.element == change.place)
        #expect(error?.reason.contains(change.rule) == true, "\(error?.reason ?? "")")
        #expect(error?.head.transactionID == "t-1")
        #expect(error?.statusCode == .validationError)
    }

    @Test(
        "an envelope is refused by the name of what is out of place",
        arguments: [
            ("", response, "TransactionID"),
            (header + "<Extra xmlns=\"urn:x\"/>", response, "Extra"),
            (header + header, response, "TransactionID"),
            ("<TransactionID xmlns=\"NS\">t-1</TransactionID>", response, "TransactionID"),
            ("<TransactionID xmlns=\"NS\" mustUnderstand=\"1\">t-1</TransactionID>", response, "TransactionID"),
            (
                "<TransactionID xmlns=\"NS\" s:mustUnderstand=\"1\" id=\"7\">t</TransactionID>", response,
                "TransactionID"
            ),
            ("<TransactionID xmlns=\"NS\" s:mustUnderstand=\"1\"> </TransactionID>", response, "TransactionID"),
            ("<TransactionID xmlns=\"urn:x\" s:mustUnderstand=\"1\">t</TransactionID>", response, "TransactionID"),
            (header, response + report, "DeliveryReportReq"),
            (header, "", "Body"),
            (header, header, "TransactionID"),
            (header, "<s:Fault><faultstring>no</faultstring></s:Fault>", "faultstring"),
            (header, "<s:Fault><s:faultcode>s:Client</s:faultcode></s:Fault>", "faultcode"),
            (
                header, "<s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring><detail/></s:Fault>",
                "detail"
            ),
            (
                header,
                "<s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring><detail>\(response)</detail>"
                    + "</s:Fault>", "DeliverRsp"
            ),
        ])
    func refusedEnvelope(header: String, body: String, place: String) {
        let error = error(envelope(header, body))

        #expect(error?.code == .invalid)
        #expect(error?.element == place)
    }

    @Test("a missing header, a foreign SOAP and a bare operation are refused")
    func notSOAP() {
        for text in [
            "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>\(Self.response)</s:Body>"
                + "</s:Envelope>",
            "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/soap-envelope\"><s:Header>\(Self.header)</s:Header>"
                + "<s:Body>\(Self.response)</s:Body></s:Envelope>",
            Self.response,
        ] {
            #expect(error(Array(text.replacing("NS", with: Self.namespace).utf8))?.code == .invalid)
        }
    }

    @Test("unknown namespaces are refused, and none", arguments: [folder + "REL-6-MM7-6-7", "urn:mm7", ""])
    func foreignNamespace(namespace: String) {
        #expect(error(envelope(Self.header, Self.response, namespace: namespace))?.code == .invalid)
        #expect(throws: MM7Error.self) { try SchemaValidator(namespace: namespace) }
    }

    @Test("a message is held to its own schema")
    func olderSchema() throws {
        let release5 = Self.folder + "REL-5-MM7-1-2"
        let deferred = Self.report.replacing("Retrieved", with: "Deferred")

        #expect(throws: Never.self) { try strict.read(envelope(Self.header, deferred), contentType: "text/xml") }
        #expect(error(envelope(Self.header, deferred, namespace: release5))?.element == "MMStatus")

        let validator = try SchemaValidator(namespace: release5)
        #expect(throws: MM7Error.self) { try validator.validate(envelope(Self.header, Self.report)) }
    }

    @Test("an error quotes nothing of what the sender chose but names of elements")
    func discretion() {
        let secret = "15550199 ( secret ) Expected is ( secret )"
        for body in [
            Self.report.replacing("Retrieved", with: secret), Self.report.replacing("6.8.0", with: secret),
            Self.report.replacing("<MessageID>", with: "<Vendor xmlns=\"\(secret)\"/><MessageID>"),
            Self.report.replacing("<Date>", with: "<Date xmlns=\"\(secret)\">"),
            Self.response.replacing("xmlns=\"NS\"", with: "xmlns=\"\(secret)\""),
            Self.report.replacing("<MMStatus>", with: "\(secret)<MMStatus>"),
            Self.response.replacing("<Status>", with: "<Status a=\"\(secret)\">"),
        ] {
            let error = error(envelope(Self.header, body))
            #expect(error?.code == .invalid)
            #expect(error?.description.contains("secret") == false, "\(error?.reason ?? "")")
            #expect(error?.description.contains("1555") == false)
        }
    }

    @Test("schemas that a message names are not fetched")
    func schemaLocation() throws {
        let instance = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"NS nowhere.xsd\""
        let body = Self.response.replacing("<DeliverRsp", with: "<DeliverRsp \(instance)")

        #expect(throws: Never.self) { try strict.read(envelope(Self.header, body), contentType: "text/xml") }
    }

    @Test("a lenient reader takes what a strict one refuses")
    func lenient() throws {
        let bytes = envelope("", Self.report.replacing("<MM7Version>6.8.0</MM7Version>", with: ""))

        #expect(try MessageReader().read(bytes, contentType: nil).envelope.deliveryReport?.mmStatus == .retrieved)
        #expect(error(bytes)?.code == .invalid)
    }

    @Test("several threads validate by one schema")
    func concurrency() async throws {
        let validator = try SchemaValidator(namespace: Self.namespace)
        let good = envelope(Self.header, Self.report)
        let bad = envelope(
            Self.header, Self.report.replacing("<Sender>", with: "<Sendr>").replacing("</Sender>", with: "</Sendr>"))

        let places = await withTaskGroup(of: [String?].self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<100).map { round in
                        do throws(MM7Error) {
                            try validator.validate(round.isMultiple(of: 2) ? good : bad)
                            return nil
                        } catch {
                            return error.element
                        }
                    }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }

        #expect(places.count(where: { $0 == "Sendr" }) == 400)
        #expect(places.count(where: { $0 == nil }) == 400)
    }
}
