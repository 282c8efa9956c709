import GatewayCore
import Testing

@Suite("What a peer says, for a log")
struct WithoutNumbersTests {
    @Test(
        "a subscriber's number is cut to its last three digits, all else stays",
        arguments: [
            ("15550100001 is not served", "…001 is not served"), ("to +15550100001/TYPE=PLMN", "to +…001/TYPE=PLMN"),
            ("HTTP 502 after 30000 ms", "HTTP 502 after 30000 ms"), ("", ""), ("no digits", "no digits"),
            ("1234567", "…567"),
        ])
    func masked(text: String, expected: String) {
        #expect(text.withoutNumbers == expected)
    }
}
