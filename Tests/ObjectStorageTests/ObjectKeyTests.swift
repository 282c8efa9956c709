import FoundationEssentials
import Testing

@testable import ObjectStorage

@Suite("Keys of objects")
struct ObjectKeyTests {
    @Test("a key is prefix, day in UTC, token and name")
    func form() {
        let late = Date(timeIntervalSince1970: 1_767_225_599)  // 2025-12-31T23:59:59Z

        let key = ObjectKey(prefix: "mms/", date: late, token: "9f", name: "picture.jpg")

        #expect(key.text == "mms/2025/12/31/9f/picture.jpg")
    }

    @Test(
        "a file name has unreserved characters alone and leads nowhere else",
        arguments: [
            ("Grüße aus Köln.jpg", "Gr__e_aus_K_ln.jpg"), ("a/b\\c.gif", "c.gif"), ("..", "file"), ("", "file"),
            ("../../etc/passwd", "passwd"), (".", "file"), ("a%2fb?c#d&e=f", "a_2fb_c_d_e_f"),
            ("x\r\nHost: y", "x__Host__y"),
            ("~a-b_c.png", "~a-b_c.png"), ("🎂.png", "_.png"),
            (String(repeating: "a", count: 200) + ".jpeg", String(repeating: "a", count: 95) + ".jpeg"),
        ])
    func names(given: String, expected: String) {
        let key = ObjectKey(prefix: "", date: Date(timeIntervalSince1970: 0), token: "t", name: given)

        #expect(key.text == "1970/01/01/t/\(expected)")
    }

    @Test("a token is of 128 bits and new each time")
    func tokens() {
        let tokens = Set((0..<100).map { _ in ObjectKey.randomToken() })

        #expect(tokens.count == 100 && tokens.allSatisfy { $0.utf8.count == 32 })
    }
}
