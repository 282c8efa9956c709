import GatewayCore
import MM7
import Testing

@Suite("Numbers and senders")
struct AddressTests {
    @Test(
        "a number is read in the forms people write",
        arguments: [
            ("12025550101", "12025550101"), ("+12025550101", "12025550101"), ("0012025550101", "12025550101"),
            ("+1 (202) 555-01.01", "12025550101"), ("(+1) 202 5550101", "12025550101"), ("1234567", "1234567"),
            ("123456789012345", "123456789012345"),
        ])
    func number(_ text: String, digits: String) {
        #expect(MSISDN(text)?.digits == digits)
    }

    @Test(
        "blanks and dashes of word processors and web pages are ignored like plain ones",
        arguments: [
            "\u{A0}", "\u{202F}", "\u{2009}", "\u{3000}", "\u{2013}", "\u{2014}", "\u{2011}", "\u{2010}", "\u{2212}",
            "\u{FF0D}", "\t", "\n", "\r\n", "\u{85}", "\u{2028}",
        ])
    func punctuation(_ sign: String) {
        #expect(MSISDN("+1\(sign)202\(sign)\(sign)555\(sign)0101\(sign)")?.digits == "12025550101")
        #expect(MSISDN("\(sign)+12025550101")?.digits == "12025550101")
        #expect(MSISDN.hiddenObstacle(in: "+1\(sign)202") == nil)
    }

    @Test(
        "what nobody sees in a number is told by its code point",
        arguments: [
            ("\u{202A}+12025550101\u{202C}", "U+202A"), ("1202555\u{200B}0101", "U+200B"),
            ("12025550101\u{FEFF}", "U+FEFF"),
            ("1202555010\u{661}", "U+0661"), ("12025550101\u{0}", "U+0000"), ("1202555010\u{1D7D9}", "U+1D7D9"),
            ("12025550101\u{FE0F}", "U+FE0F"),
        ])
    func hidden(_ text: String, obstacle: String) {
        #expect(MSISDN(text) == nil)
        #expect(MSISDN.hiddenObstacle(in: text) == obstacle)
    }

    @Test("what can be read of a number is not told by its code point", arguments: ["12ab", "", "123456", "+1 x"])
    func readable(_ text: String) {
        #expect(MSISDN.hiddenObstacle(in: text) == nil)
    }

    @Test(
        "what is no number is not read",
        arguments: [
            "", "+", "123456", "1234567890123456", "1202555010a", "1+2025550101", "++12025550101", "００12025550101",
            "12025550101/TYPE=PLMN", "02025550101", "+02025550101", "00012025550101", "000012345", "0000000",
            "0 (120) 255501",
        ])
    func noNumber(_ text: String) {
        #expect(MSISDN(text) == nil)
    }

    @Test("digits that were kept are taken as they are", arguments: ["12025550101", "0012345", "x"])
    func stored(_ digits: String) {
        #expect(MSISDN(storedDigits: digits).digits == digits)
    }

    @Test("for people a number has its last three digits only")
    func masked() throws {
        let number = try #require(MSISDN("12025550101"))

        #expect("\(number)" == "…101")
    }

    @Test(
        "a sender is a number, a short code or a name",
        arguments: [
            ("+1 202 555 0100", "12025550100"), ("12345", "12345"), ("007", "007"), ("ACME News", "ACME News"),
            ("1234567890123456", "1234567890123456"),
        ])
    func originator(_ given: String, text: String) {
        #expect(Originator(given)?.text == text)
    }

    @Test(
        "what is no sender is not read", arguments: ["", "TwelveLetter", "1234567890123456789", "Grüße", "a\nb", "+"])
    func noOriginator(_ text: String) {
        #expect(Originator(text) == nil)
    }

    @Test("a number is sent as a number, all else as a short code")
    func address() throws {
        #expect(try #require(Originator("+12025550100")).address == .msisdn("12025550100"))
        #expect(try #require(Originator("12345")).address == .shortCode("12345"))
        #expect(try #require(Originator("ACME")).address == .shortCode("ACME"))
    }

    @Test(
        "a sender is itself again when it is read back",
        arguments: ["12025550100", "12345", "ACME", "007", "0012345", "000012345", "02025550101"])
    func readBack(_ text: String) throws {
        let originator = try #require(Originator(text))

        #expect(Originator(originator.text) == originator)
    }
}
