import Testing

@testable import MM7

@Suite struct AddressTests {
    @Test(
        "spellings of one number are equal when normalised",
        arguments: [
            "15550100", "+15550100", "0015550100", "+15550100/TYPE=PLMN", "15550100/type=plmn", "tel:+1-555-0100",
            " (1) 555.0100 ", "TEL:15550100", "\u{202A}+15550100\u{202C}", "\u{200E}1555\u{AD}0100\u{FEFF}",
            "\u{FF0B}\u{FF11}\u{FF15}\u{FF15}\u{FF15}\u{FF10}\u{FF11}\u{FF10}\u{FF10}",
            "\u{661}\u{665}\u{665}\u{665}\u{660}\u{661}\u{660}\u{660}", "+1\u{2011}555\u{2009}0100",
        ])
    func numbers(text: String) {
        #expect(Address.msisdn(text).normalized == "15550100")
    }

    @Test("a telephone number in mail form is matched as a number, a mail address as mail")
    func mail() {
        #expect(Address.rfc2822("+15550100/TYPE=PLMN@mm7.example").normalized == "15550100")
        #expect(Address.rfc2822("Eve@Example.NET").normalized == "eve@example.net")
    }

    @Test("a short code keeps its letters and zeros, an encrypted address everything")
    func others() {
        #expect(Address.shortCode("00NEWS").normalized == "00NEWS")
        #expect(Address(.number, "+00 x", coding: .encrypted).normalized == "+00 x")
        #expect(Address.msisdn("").normalized == "")
    }

    @Test("those who are only displayed get no copy")
    func displayOnly() {
        let shown = Address(.number, "2", isDisplayOnly: true)
        let recipients = Recipients(to: [.msisdn("1"), shown], bcc: [.msisdn("3")])

        #expect(recipients.deliverable.map(\.value) == ["1", "3"])
        #expect(recipients.all.count == 3)
    }
}
