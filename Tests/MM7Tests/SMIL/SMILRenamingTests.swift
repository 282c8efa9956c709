import Testing

@testable import MM7

@Suite struct SMILRenamingTests {
    private let given = ["photo 1.png", "Grüße.txt", "a&b.jpg", "twice.jpg", "twice.jpg", "fine.jpg"]

    private func apply(_ text: String) -> String {
        var renaming = SMILRenaming()
        for (index, name) in given.enumerated() { renaming.add(name, sentAs: "sent-\(index)") }
        return String(decoding: renaming.apply(to: Array(text.utf8)[...]), as: UTF8.self)
    }

    @Test(
        "a source that names a part gets the name it is sent under",
        arguments: [
            ("<img src=\"photo 1.png\"/>", "<img src=\"sent-0\"/>"),
            ("<img src=\"cid:photo%201.png\"/>", "<img src=\"cid:sent-0\"/>"),
            ("<text region='Text'\n SRC = 'Grüße.txt' />", "<text region='Text'\n SRC = 'sent-1' />"),
            ("<img alt=\">\" src=\"a&amp;b.jpg\"/>", "<img alt=\">\" src=\"sent-2\"/>"),
            ("<img src='twice.jpg'/><img src='fine.jpg'/>", "<img src='sent-3'/><img src='sent-5'/>"),
        ])
    func renamed(text: String, result: String) {
        #expect(apply("<smil>" + text + "</smil>") == "<smil>" + result + "</smil>")
    }

    @Test(
        "everything else stays as it is, also where it is no XML",
        arguments: [
            "", "<", "<img src=\"photo 1.png", "<img src", "fine.jpg", "<img alt='fine.jpg' longsrc='fine.jpg'/>",
            "<!-- <img src='fine.jpg'/> --><img src='other.jpg'/>", "<!-- ", "<?xml version='1.0'?><!DOCTYPE smil>",
            "src='fine.jpg'", "<p>fine.jpg</p>",
        ])
    func kept(text: String) {
        #expect(apply(text) == text)
    }

    @Test("the customer's own presentation names the parts as they are sent")
    func whole() throws {
        let smil = "<smil><body><par><img src='my photo.png'/><text src=\"cid:Grüße\"/></par></body></smil>"
        let parts = [
            OutgoingPart(contentType: "text/plain", name: "Grüße", bytes: Array("text".utf8)[...]),
            OutgoingPart(contentType: "image/jpeg", name: "my photo.png", bytes: Array("picture".utf8)[...]),
            OutgoingPart(contentType: "application/smil+xml", bytes: Array(smil.utf8)[...]),
        ]
        let content = try EncodedContent(parts, profile: .standard)
        let written = try MessageWriter(profile: .standard)
            .write(DeliverReq(sender: .msisdn("15550100")), transactionID: "t-1", content: content)

        let message = try MessageReader().read(written.bytes, contentType: written.contentType)

        #expect(content.names == ["Gre.txt", "myphoto.jpg", "file_2.smil"])
        #expect(
            message.presentation?.text
                == "<smil><body><par><img src='myphoto.jpg'/><text src=\"cid:Gre.txt\"/></par></body></smil>")
        #expect(message.media.map(\.text) == [nil, "text"])
        #expect(message.slides.map(\.count) == [2])
    }
}
