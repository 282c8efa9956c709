import Testing

@testable import MM7

@Suite("Elements under the name that they have in another operation are read")
struct SwappedNamesTests {
    private func body(_ operation: String, _ inside: String) throws -> Envelope.Body {
        let text = "<\(operation) xmlns=\"urn:mm7\"><MM7Version>6.8.0</MM7Version>\(inside)</\(operation)>"
        return try MessageReader().read(Array(text.utf8), contentType: "text/xml").envelope.body
    }

    @Test(
        "the sender of a message from a handset",
        arguments: [
            "<SenderAddress><Number>+15550100</Number></SenderAddress>", "<SenderAddress>+15550100</SenderAddress>",
            "<Sender><Number>+15550100</Number></Sender>", "<sender><number>+15550100</number></sender>",
            "<SenderIdentification><SenderAddress><Number>+15550100</Number></SenderAddress></SenderIdentification>",
            "<SenderIdentification><Sender><Number>+15550100</Number></Sender></SenderIdentification>",
            "<Sender><SenderAddress><Number>+15550100</Number></SenderAddress></Sender>",
        ])
    func sender(xml: String) throws {
        guard case .deliverReq(let request) = try body("DeliverReq", xml) else { throw MM7Error(.notAnEnvelope, "") }

        #expect(request.sender == .msisdn("+15550100"))
    }

    @Test(
        "its recipients, also several in one element and under a name of nobody's",
        arguments: [
            ("<Recipients><To><Number>1</Number><Number>2</Number></To></Recipients>", ["1", "2"]),
            ("<Recipients><To><Number>1, 2;3</Number></To></Recipients>", ["1", "2", "3"]),
            ("<Recipient><Number>1</Number></Recipient>", ["1"]), ("<RecipientAddress>1</RecipientAddress>", ["1"]),
            ("<Recipients><Others><Number>1</Number></Others></Recipients>", ["1"]),
            ("<Recipients>1</Recipients>", ["1"]),
        ])
    func recipients(xml: String, numbers: [String]) throws {
        guard case .deliverReq(let request) = try body("DeliverReq", xml) else { throw MM7Error(.notAnEnvelope, "") }

        #expect(request.recipients.all.map(\.value) == numbers)
    }

    @Test("the parties and the time of a report")
    func report() throws {
        let xml = """
            <MessageID>m</MessageID><RecipientAddress><Number>1</Number></RecipientAddress><SenderAddress><Number>2</Number>\
            </SenderAddress><TimeStamp>2026-11-29T12:00:00 GMT</TimeStamp><MMStatus>Retrieved</MMStatus>
            """
        guard case .deliveryReportReq(let report) = try body("DeliveryReportReq", xml) else {
            throw MM7Error(.notAnEnvelope, "")
        }

        #expect(report.recipient == .msisdn("1"))
        #expect(report.sender == .msisdn("2"))
        #expect(report.date == WireDate.date("2026-11-29T12:00:00Z"))
    }

    @Test("the identification of a submission beside its element")
    func submission() throws {
        let xml = """
            <VASPID>a</VASPID><VASID>b</VASID><SenderAddress><ShortCode>55</ShortCode></SenderAddress>\
            <Recipient><Number>1</Number></Recipient><Date>2026-11-29T12:00:00Z</Date>
            """
        guard case .submitReq(let request) = try body("SubmitReq", xml) else { throw MM7Error(.notAnEnvelope, "") }

        #expect(request.sender == SenderIdentification(vaspID: "a", vasID: "b", address: .shortCode("55")))
        #expect(request.recipients.to == [.msisdn("1")])
        #expect(request.timeStamp != nil)
    }
}
