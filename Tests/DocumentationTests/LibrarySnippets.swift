import MM7

/// The code that the pages of the library show, between the names of the snippets and their ends. It has to compile.
enum LibrarySnippets {
    static func submit(gif: [UInt8]) throws -> EncodedMessage {
        // snippet
        let profile = Profile.standard
        let picture = OutgoingPart(contentType: "image/gif", name: "sun.gif", bytes: gif[...])
        let content = try EncodedContent([picture], profile: profile)

        var request = SubmitReq(
            sender: SenderIdentification(vaspID: "acme", vasID: "news", address: .shortCode("55512")),
            recipients: Recipients(to: [.msisdn("15550100")])
        )
        request.subject = "Sun"
        request.deliveryReport = true

        let writer = MessageWriter(profile: profile)
        let message = try writer.write(request, transactionID: "t-41", content: content)
        // end
        return message
    }

    static func take(
        _ body: [UInt8], contentType: String?, writer: MessageWriter,
        into keep: (String?, [String], EncodedMessage) -> Void
    ) throws {
        // snippet
        let received = try MessageReader().read(body, contentType: contentType)
        guard case .deliverReq(let delivery) = received.envelope.body else { return }

        let sender = delivery.sender?.normalized
        let media = received.content.filter { !$0.isPresentation }
        let texts = media.compactMap(\.text)

        let answer = try writer.write(received.envelope.answer(.success, side: .vasp))
        // end
        keep(sender, texts, answer)
    }

    static func refuse(_ error: MM7Error) -> Envelope {
        // snippet
        let status = ResponseStatus(error.statusCode)
        let refusal = error.head.response(status) ?? error.head.fault(status, side: .vasp)
        // end
        return refusal
    }

    static func profile() -> Profile {
        // snippet
        var profile = Profile.named("nowsms") ?? .standard
        profile.namespaceStyle = .prefixedRoot
        profile.transferEncoding = .base64
        profile.recipientsPerRequest = 1
        // end
        return profile
    }
}
