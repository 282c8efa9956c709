import GatewayCore
import Testing

@Suite("Words of strangers, for a log")
struct PeerTextTests {
    @Test(
        "what may be a subscriber's number is cut to its last three digits",
        arguments: [
            ("15550100001 is not served", "…001 is not served"), ("to +15550100001/TYPE=PLMN", "to +…001/TYPE=PLMN"),
            ("1234567", "…567"), ("call +1 202 555 0100 now", "call +…100 now"), ("(202) 555-0100.", "(…100."),
            ("+1-202-555-0100", "+…100"), ("202.555.0100", "…100"), ("202\u{A0}555\u{2013}0100", "…100"),
            ("٠١٢٣٤٥٦٧٨", "…٦٧٨"), ("202\n\n\n\n5550100", "…100"), ("202\u{200B}555\u{200B}0100", "…100"),
            ("of 12025550100 at 2026-11-29", "of …100 at 2026-11-29"), (String(repeating: "7", count: 5_000), "…777"),
        ])
    func numbers(text: String, expected: String) {
        #expect(PeerText(text).description == expected)
    }

    @Test(
        "dates, addresses and short figures stay",
        arguments: [
            "HTTP 502 after 30000 ms", "2026-11-29T12:34:56+0000", "2026-11-29 12:34:56.123", "29.11.2026",
            "29/11/2026 ok",
            "connect to 192.168.100.200 port 8080", "10.0.0.1:8080", "version 6.8.0", "code 4006, 2007", "",
            "no digits",
            "127.0.0.1 127.0.0.2",
        ])
    func others(text: String) {
        #expect(PeerText(text).description == text)
    }

    @Test(
        "controls and marks of direction are one blank, and none at the ends",
        arguments: [
            ("a\r\nb", "a b"), ("\u{0}a\u{7}\u{8}", "a"), ("a\u{202E}b", "a b"), ("a\u{2028}b\u{FEFF}", "a b"),
            ("\u{1B}[31mred", "[31mred"), ("a   b", "a b"),
        ])
    func controls(text: String, expected: String) {
        #expect(PeerText(text).description == expected)
    }

    @Test("the length counts octets, whatever a character has of them")
    func length() {
        let stack = "e" + String(repeating: "\u{301}", count: 100_000)

        let text = PeerText(stack, limit: 64).description

        #expect(text.utf8.count <= 64 + "…".utf8.count)
        #expect(text.hasSuffix("…"))
        #expect(PeerText(octets: Array(repeating: 0xFF, count: 100_000)).description.utf8.count <= 203)
    }

    @Test("words of our own around a stranger's are cut and masked with them")
    func interpolation() {
        let said = "12025550100\nforged"

        let text: PeerText = "the peer said \(said)"

        #expect(text.description == "the peer said …100 forged")
    }
}
