import FoundationEssentials
import GatewayCore
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

    @Test("each file of a message has a key of its own, the same whenever it is asked")
    func files() throws {
        let media = StoredMedia(hash: "ab", contentType: "image/jpeg", byteCount: 4)
        let file = try #require(Inbound.Medium(media, name: "image.jpg").file)
        let upload = UploadClaim(.sample([]), of: .servicePlan("p"), token: UploadToken("9f"))

        let keys = (0..<3).map { ObjectKey(of: file, at: $0, in: upload, bucket: .sample).text }

        #expect(Set(keys).count == 3)
        #expect(keys == (0..<3).map { ObjectKey(of: file, at: $0, in: upload, bucket: .sample).text })
        for key in keys {
            let steps = key.split(separator: "/")
            #expect(key.hasPrefix("mms/2026/11/21/") && key.hasSuffix("/image.jpg"))
            #expect(steps.count == 6 && steps[4].utf8.count == 32)
        }
    }

    @Test("a token is of 128 bits and new each time")
    func tokens() {
        let tokens = Set((0..<100).map { _ in UploadToken.random().text })

        #expect(tokens.count == 100 && tokens.allSatisfy { $0.utf8.count == 32 })
    }
}
