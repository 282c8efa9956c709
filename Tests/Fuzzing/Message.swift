/// Whole messages under a Content-Type of the sender's choice, their parts sent on.
///
/// First byte: zero to six for a usual Content-Type, more for one in the first line; second byte: limits and profile.
func fuzzMessage(_ input: FuzzInput) {
    var input = input
    let types: [String?] = [
        "multipart/related; boundary=b", "multipart/related; Type=\"text/xml\"; Start=\"<soap>\"; Boundary=\"=outer\"",
        "multipart/related", nil, "text/xml", "multipart/mixed; boundary=\"two words\"; start=s",
        "multipart/related; boundary=\"b\"; charset=utf-8;",
    ]
    let typeChoice = input.choice()
    let choice = input.choice()
    let type = typeChoice < types.count ? types[typeChoice] : input.line()
    var limits = ReadingLimits()
    if choice & 1 == 1 {
        limits.parts = 4
        limits.partDepth = 2
        limits.headerBytes = 100
    }
    let bytes = input.rest

    let reader = MessageReader(limits: limits)
    do throws(MM7Error) {
        let message = try reader.read(bytes, contentType: type)
        checkNotes(message.notes)
        require(message.content.count <= limits.parts, "parts are bounded")
        let octets = message.content.reduce(0) { $0 + $1.bytes.count }
        require(octets <= bytes.count, "all parts together are no larger than the message")
        for part in message.content {
            require((part.text?.utf8.count ?? 0) <= 12 * part.bytes.count, "texts are bounded")
            require((part.fileName?.utf8.count ?? 0) <= 12 * bytes.count, "names are bounded")
        }
        if bytes.count % 8 == 0 {
            let again = try? reader.read(bytes, contentType: type)
            require(again?.envelope == message.envelope, "the same bytes are read alike twice")
            let isEqual = again?.content.elementsEqual(message.content) { one, other in
                one.contentType == other.contentType && one.contentID == other.contentID && one.bytes == other.bytes
            }
            require(isEqual == true, "the same bytes give the same parts twice")
        }
        if choice & 8 == 0 {
            checkSentOn(message.content, base64: choice & 2 == 2, presentation: choice & 4 == 4 ? .smil : .none)
        }
    } catch {
        checkError(error)
    }
}

/// Media received can be sent: its octets come through either transfer encoding.
private func checkSentOn(_ parts: [Part], base64: Bool, presentation: Profile.Presentation) {
    let media = parts.filter { !$0.isPresentation }.prefix(20)
    let outgoing = media.map { OutgoingPart(contentType: $0.contentType.essence, name: $0.name, bytes: $0.bytes) }
    var profile = Profile.standard
    profile.transferEncoding = base64 ? .base64 : .binary
    profile.presentation = presentation
    do throws(MM7Error) {
        let content = try EncodedContent(outgoing, profile: profile)
        let request = DeliverReq(sender: .msisdn("15550100"))
        let written = try MessageWriter(profile: profile).write(request, transactionID: "t", content: content)
        guard let read = try? MessageReader().read(written.bytes, contentType: written.contentType) else {
            fatalError("broken promise: what is written can be read")
        }
        require(read.notes.isEmpty, "our own messages leave nothing to note")
        let received = read.content.filter { !$0.isPresentation }
        require(received.map(\.bytes) == media.map(\.bytes), "media comes through")
        require(received.map(\.contentID) == content.names, "parts are called what they were said to be called")
    } catch {
        require([.unencodable, .empty].contains(error.code), "media is refused for its type alone")
    }
}
