import Testing

@testable import MM7

@Suite struct HeaderTests {
    @Test(
        "media types are read with unquoted, empty and capitalised parameters",
        arguments: [
            "image/JPEG;Name=a.jpg", "Image/jpeg; NAME=\"a.jpg\";", " image/jpeg ;; name = a.jpg ; charset",
            "image/jpeg; name=\"a.jpg\"; name=b.jpg",
        ])
    func contentTypes(header: String) throws {
        let type = try #require(ContentType(header))

        #expect(type.essence == "image/jpeg")
        #expect(type.parameters == ["name": "a.jpg"])
    }

    @Test("quotes hide semicolons, and a lone quote hides the rest")
    func quotes() {
        #expect(ContentType("a/b; x=\"1;2\\\"3\"; y=4")?.parameters == ["x": "1;2\"3", "y": "4"])
        #expect(ContentType("a/b; x=\"1; y=4")?.parameters == ["x": "1; y=4"])
        #expect(ContentType("") == nil)
        #expect(ContentType(";")?.essence == nil)
    }

    @Test(
        "a parameter is read with its charset and from its pieces",
        arguments: [
            ("name*=utf-8''Gr%C3%BC%c3%9fe.jpg", "Grüße.jpg"),
            ("name*=UTF-8'de'%E2%82%AC", "€"),
            ("name*=iso-8859-1''%E9t%E9.jpg", "été.jpg"),
            ("name*=euc-kr''%C7%D1", "한"),
            ("name*=\"utf-8''a%20b.jpg\"", "a b.jpg"),
            ("name*=a%20b.jpg", "a b.jpg"),
            ("name*=no-such-set''%C3%BC", "ü"),
            ("name*=''%C3%BC", "ü"),
            ("name*0=\"holi\"; name*1=\"day.jpg\"", "holiday.jpg"),
            ("name*1=day.jpg; NAME*0=holi", "holiday.jpg"),
            ("name*0*=utf-8''%C3; name*1*=%BC; name*2=\"%41.jpg\"", "ü%41.jpg"),
            ("name*0=a; name*2=c", "a"),
            ("name*0=a; name*0=b", "a"),
            ("name=plain.jpg; name*=utf-8''better.jpg", "better.jpg"),
            ("name*=utf-8''better.jpg; name=plain.jpg", "better.jpg"),
            ("name=plain.jpg; name*=utf-8''", "plain.jpg"),
            ("name=plain.jpg; name*1=x", "plain.jpg"),
            ("name*=utf-8''a%0D%0AX:%00b", "aX:b"),
            ("name*=utf-8''%zz%4", "%zz%4"),
        ])
    func extended(parameter: String, value: String) {
        #expect(ContentType("image/jpeg; \(parameter)")?.parameters["name"] == value)
    }

    @Test("a name that is nearly of the extended form is a name like any other", arguments: ["name*x", "*", "name*-1"])
    func notExtended(name: String) {
        #expect(ContentType("image/jpeg; \(name)=1")?.parameters == [name: "1"])
    }

    @Test(
        "what a part is called is decoded wherever it stands",
        arguments: [
            "Content-Disposition: attachment; filename*=utf-8''%C3%BC.jpg",
            "Content-Disposition: attachment; filename=u.jpg; filename*=utf-8''%C3%BC.jpg",
            "Content-Disposition: inline; filename*0*=utf-8''%C3%BC;\r\n\tfilename*1=.jpg",
            "Content-Disposition: attachment; filename=\"=?utf-8?Q?=C3=BC?=.jpg\"",
            "Content-Type: image/jpeg; name*=utf-8''%C3%BC.jpg\r\nContent-Disposition: inline; filename=u.jpg",
            "Content-Disposition: attachment; filename*=utf-8''; filename=\"\u{FC}.jpg\"",
            "Content-Disposition: attachment; filename=\"\u{FC}.jpg\"; filename*=",
            "Content-Disposition: attachment; filename=\"\u{FC}.jpg\"; filename*=utf-8''%20%0A",
            "Content-Type: image/jpeg; name=\"\"\r\nContent-Disposition: inline; filename=\"\u{FC}.jpg\"",
        ])
    func fileNames(headers: String) {
        #expect(PartHeaders(Array(headers.utf8)[...]).name == "ü.jpg")
    }

    @Test("a location may be an encoded word, an encoding may have a comment or a semicolon after it")
    func otherHeaders() {
        let headers = "Content-Location: =?utf-8?Q?=C3=BC?=.jpg\r\nContent-Transfer-Encoding: BASE64 (of course);\r\n"

        #expect(PartHeaders(Array(headers.utf8)[...]).contentLocation == "ü.jpg")
        #expect(PartHeaders(Array(headers.utf8)[...]).transferEncoding == "base64")
    }

    @Test("a location is a URL: what a part is called after it is decoded, without what has no place in a name")
    func locations() {
        func name(_ location: String) -> String? {
            Part(contentType: ContentType(type: "image", subtype: "gif"), contentLocation: location, bytes: []).fileName
        }

        #expect(name("my%20cat%C3%BC.gif") == "my catü.gif")
        #expect(name("50%.gif") == "50%.gif")
        #expect(name("a%0D%0Ab.gif") == "a b.gif")
    }

    @Test("the boundary may come in pieces as well")
    func boundary() throws {
        let body = "--ab\n\n<SubmitRsp><StatusCode>1000</StatusCode></SubmitRsp>\n--ab\n\nx\n--ab--".crlf

        let message = try MessageReader().read(body, contentType: "multipart/mixed; boundary*0=a; boundary*1=b")

        #expect(message.content.count == 1)
    }

    @Test(
        "comments are no part of a header",
        arguments: [
            "(picture) image/jpeg; name=a.jpg", "image/jpeg (a (nested) one); name=a.jpg (that; is)",
            "image/jpeg; (name=b.jpg); name=\"a.jpg\" (\\) escaped)",
        ])
    func comments(header: String) throws {
        let type = try #require(ContentType(header))

        #expect(type.essence == "image/jpeg")
        #expect(type.parameters == ["name": "a.jpg"])
    }

    @Test(
        "parentheses of a file name are kept",
        arguments: [
            "photo(1).jpg", "photo (1).jpg", "\"photo (1)\"", "\"\\\" (1) \"", "photo (1", "(((((1)))))",
        ])
    func parentheses(name: String) throws {
        let type = try #require(ContentType("image/jpeg; name=\(name)"))

        #expect(type.parameters["name"]?.contains("(1") == true)
    }

    @Test("many pieces and many parentheses are read in bounds")
    func bounds() {
        let pieces = (0..<100_000).map { "name*\($0)=x" }.joined(separator: ";")
        #expect(ContentType("a/b;" + pieces)?.parameters["name"] == String(repeating: "x", count: 64))

        let nested = String(repeating: "( ", count: 100_000) + String(repeating: ")x", count: 100_000)
        #expect(ContentType("a/b; x=" + nested)?.parameters["x"] == nested)
        let open = String(repeating: "( ", count: 100_000) + "x"
        #expect(ContentType("a/b; x=" + open)?.parameters["x"] == open)
    }
}
