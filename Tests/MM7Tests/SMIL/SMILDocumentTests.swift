import Testing

@testable import MM7

@Suite struct SMILDocumentTests {
    private func body(_ media: [SMILDocument.Medium]) -> [[SMILDocument.Medium]] {
        SMILDocument(media.map { SMILDocument.Item(medium: $0, source: "x") }).slides.map { $0.map(\.medium) }
    }

    @Test("a slide for every medium, the text that follows in it")
    func slides() {
        #expect(body([.image, .text, .text, .video, .text]) == [[.image, .text], [.text], [.video, .text]])
        #expect(body([.text, .image]) == [[.text], [.image]])
        #expect(body([.audio, .text, .image]) == [[.audio, .text], [.image]])
        #expect(body([]) == [])
    }

    @Test("only regions that are used are laid out, and they fill the screen")
    func regions() {
        let text = SMILDocument([.init(medium: .text, source: "a.txt")]).bytes
        let picture = SMILDocument([.init(medium: .image, source: "cid:a.jpg")]).bytes

        #expect(
            String(decoding: text, as: UTF8.self).contains(
                "<region id=\"Text\" left=\"0\" top=\"0%\" width=\"100%\" height=\"100%\""))
        #expect(!String(decoding: text, as: UTF8.self).contains("id=\"Image\""))
        #expect(String(decoding: picture, as: UTF8.self).contains("<img src=\"cid:a.jpg\" region=\"Image\"/>"))
        #expect(!String(decoding: picture, as: UTF8.self).contains("id=\"Text\""))
    }

    @Test("types that no slide can show are left to the attachments")
    func otherTypes() {
        #expect(SMILDocument.Medium(ContentType(type: "text", subtype: "x-vcard")) == nil)
        #expect(SMILDocument.Medium(ContentType(type: "application", subtype: "pdf")) == nil)
    }
}
