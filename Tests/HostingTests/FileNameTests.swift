import Testing

@testable import Hosting

@Suite("File names of media")
struct FileNameTests {
    @Test(
        "a name that may be anything becomes one that a file can have",
        arguments: [
            ("cat.jpg", "cat.jpg"), ("Grüße 猫.jpg", "Grüße 猫.jpg"),
            ("/etc/passwd", "passwd"), ("..\\..\\boot.ini", "boot.ini"), ("a/", "a"),
            ("..", "file"), (".", "file"), ("", "file"), ("///", "file"), (" . ", "file"), (".profile", "profile"),
            ("a\u{0}b\r\nX: y.jpg", "abX y.jpg"), ("\"q\".jpg", "q.jpg"), ("a<b>|?*.gif", "ab.gif"),
            ("gpj.\u{202E}exe", "gpj.exe"), ("a\u{2028}b\u{7F}\u{85}.png", "ab.png"),
        ])
    func cleaned(given: String, name: String) {
        #expect(FileName(cleaning: given).text == name)
        #expect(FileName(cleaning: name).text == name)
    }

    @Test(
        "a long name is cut to a hundred octets, its extension kept where that is one",
        arguments: [
            (String(repeating: "x", count: 300) + ".jpeg", ".jpeg"),
            (String(repeating: "猫", count: 300) + ".jpeg", ".jpeg"),
            ("a." + String(repeating: "x", count: 300), "x"),
            ("e" + String(repeating: "\u{301}", count: 300), "\u{301}"),
        ])
    func long(given: String, end: String) {
        let name = FileName(cleaning: given).text

        #expect((95...100).contains(name.utf8.count))
        #expect(Array(name.utf8).suffix(end.utf8.count) == Array(end.utf8)[...])
        #expect(FileName(cleaning: name).text == name)
    }

    @Test(
        "the disposition has a name for old clients and one for all others",
        arguments: [
            ("cat.jpg", #"inline; filename="cat.jpg"; filename*=UTF-8''cat.jpg"#),
            ("my cat.jpg", #"inline; filename="my cat.jpg"; filename*=UTF-8''my%20cat.jpg"#),
            ("ä%.jpg", #"inline; filename="__.jpg"; filename*=UTF-8''%C3%A4%25.jpg"#),
            ("a';=.jpg", #"inline; filename="a';=.jpg"; filename*=UTF-8''a%27%3B%3D.jpg"#),
        ])
    func disposition(name: String, header: String) {
        #expect(FileName(cleaning: name).disposition("inline") == header)
    }
}
