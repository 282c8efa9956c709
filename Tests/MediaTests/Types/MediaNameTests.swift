import CurlHTTP
import Testing

@testable import Media

@Suite("What a file is called")
struct MediaNameTests {
    @Test(
        "the last part of the address, decoded",
        arguments: [
            ("https://a.example/My%20Menu.pdf", "My Menu.pdf"), ("https://a.example/x/caf%C3%A9.jpg?k=1#f", "café.jpg"),
            ("https://a.example/50%.jpg", "50%.jpg"), ("https://a.example/%FF.jpg", "%FF.jpg"),
            ("https://a.example/..%2F..%2Fetc%2Fpasswd", "passwd"), ("https://a.example/a%5C..%5Cb.jpg", "b.jpg"),
            ("https://a.example/%0D%0Ax%E2%80%AEgpj.exe", "xgpj.exe"), ("https://a.example/.htaccess", "htaccess"),
        ])
    func address(url: String, name: String) {
        #expect(MediaName(inURL: url)?.text == name)
    }

    @Test(
        "an address may have no name in it",
        arguments: ["https://a.example", "https://a.example/", "https://a.example/%2E%2E"])
    func nameless(url: String) {
        #expect(MediaName(inURL: url) == nil)
    }

    @Test(
        "the server's name in any of its forms",
        arguments: [
            (#"attachment; filename="menu.pdf""#, "menu.pdf"), ("inline;filename=my menu.pdf", "my menu.pdf"),
            ("attachment; filename*=UTF-8''Men%C3%BC.pdf", "Menü.pdf"),
            (#"attachment; filename="Menu.pdf"; filename*=utf-8'de'Men%C3%BC%20zwei.pdf"#, "Menü zwei.pdf"),
            ("attachment; filename*=iso-8859-1''Men%FC.pdf", "Menü.pdf"),
            (#"attachment; filename="=?utf-8?B?TWVuw7wucGRm?=""#, "Menü.pdf"),
            (#"attachment; filename="My%20Menu.pdf""#, "My Menu.pdf"),
            (#"attachment; filename="../../etc/passwd""#, "passwd"),
            (#"attachment; filename="C:\temp\cake.jpg""#, "cake.jpg"),
            (#"ATTACHMENT; FileName = "a;b.jpg""#, "a;b.jpg"),
        ])
    func disposition(header: String, name: String) {
        #expect(MediaName(contentDisposition: header)?.text == name)
    }

    @Test("a server may give none", arguments: ["inline", "attachment; filename=", "attachment; filename=\"..\"", ""])
    func noName(header: String) {
        #expect(MediaName(contentDisposition: header) == nil)
    }

    @Test("a long name is cut by octets and keeps its extension")
    func long() {
        let name = MediaName(String(repeating: "ü", count: 500) + ".jpeg")?.text

        #expect(name?.hasSuffix("ü.jpeg") == true)
        #expect((name?.utf8.count ?? .max) <= 100)
    }

    @Test("what was fetched has the name that its server gives")
    func fetched() throws {
        let headers: HTTPHeaders = ["Content-Type": "image/jpeg", "Content-Disposition": "inline; filename=cake.jpg"]

        let fetched = try MediaFetcher.judge(HTTPResponse(status: 200, headers: headers, body: Specimen.jpeg()))

        #expect(fetched.name == "cake.jpg")
    }
}
