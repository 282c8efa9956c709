import GatewayCore
import Testing

@testable import Submission

@Suite("What is kept of an MMSC's words")
struct PeerWordsTests {
    private let mmsc = MMSC(
        name: "north", url: "http://north.example/mm7", vaspID: "acme", vasID: "77",
        login: .init(username: "acme-user", password: Secret("acme-user-9xq")))

    @Test(
        "our identification and numbers are masked, and the rest stays",
        arguments: [
            ("no such VASP acme", "no such VASP •••"), ("acme and acme", "••• and •••"),
            ("user acme-user is blocked", "user ••• is blocked"),
            ("unknown recipient 15550100001", "unknown recipient …001"),
            ("error 4006 in 77 ms", "error 4006 in 77 ms"), ("", ""),
        ])
    func masked(text: String, expected: String) {
        #expect(PeerWords.presentable(text, from: mmsc) == expected)
    }

    @Test("a secret that begins with another is masked to its end")
    func nested() {
        #expect(PeerWords.presentable("wrong password acme-user-9xq", from: mmsc) == "wrong password •••")
    }

    @Test("a text ends after 200 octets, and writes no lines of its own")
    func length() {
        let text = String(repeating: "long\n", count: 10_000)

        let words = PeerWords.presentable(text, from: mmsc)

        #expect(words == String(repeating: "long ", count: 40).dropLast() + "…" || words.utf8.count <= 203)
        #expect(!words.contains("\n"))
    }
}
