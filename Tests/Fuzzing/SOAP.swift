/// Whole messages of bare XML: read, answered, written and read again.
///
/// First byte: Content-Type and limits; second byte: how the envelope is written.
func fuzzSOAP(_ input: FuzzInput) {
    var input = input
    let choice = input.choice()
    let types: [String?] = [
        "text/xml", nil, "text/xml; charset=utf-8", "text/xml;charset=iso-8859-1", "text/xml; charset=\"euc-kr\"",
        "text/xml; charset=gb2312", "application/soap+xml; charset=utf-16", "text/html",
    ]
    let type = types[choice & 7]
    var limits = ReadingLimits()
    if choice & 8 != 0 {
        limits.elementDepth = 6
        limits.elements = 20
        limits.attributesPerElement = 4
        limits.textBytes = 200
    }
    let profile = profile(input.choice())
    let bytes = input.rest

    var reader = MessageReader(limits: limits)
    if choice & 16 != 0 { reader.strictness = .schema }
    do throws(MM7Error) {
        let message = try reader.read(bytes, contentType: type)
        checkNotes(message.notes)
        require(message.content.isEmpty, "bare XML has no content")
        if bytes.count % 8 == 0 {
            let again = try? reader.read(bytes, contentType: type)
            require(again?.envelope == message.envelope, "the same bytes are read alike twice")
            require(again?.notes == message.notes, "the same bytes are noted alike twice")
        }
        checkAnswer(message.envelope, profile)
        checkRoundTrip(message.envelope, profile)
    } catch {
        checkError(error)
        checkAnswer(Envelope(error.head), profile)
    }
}

extension Envelope {
    /// What is known of a message that was not read.
    fileprivate init(_ head: MessageHead) {
        let body = Body.unknown(name: head.operation ?? "")
        self.init(transactionID: head.transactionID, namespace: head.namespace, version: head.version, body: body)
    }
}

/// A profile that filters nothing, in one of the forms there are.
private func profile(_ choice: Int) -> Profile {
    var profile = Profile.standard
    profile.recipientsPerRequest = 10_000
    profile.operations = .all
    profile.expiryForm = .asGiven
    profile.namespaceStyle = Profile.NamespaceStyle.allCases[(choice & 3) % 3]
    profile.addressForm = [.plain, .plus, .typePLMN, .plain][choice >> 2 & 3]
    profile.subjectForm = choice & 16 == 0 ? .plain : .encodedWords
    return profile
}

func checkNotes(_ notes: [String]) {
    require(notes.count <= 32, "notes are few")
    require(notes.allSatisfy { $0.utf8.count < 2000 }, "notes are short")
}

func checkError(_ error: MM7Error) {
    require(error.reason.utf8.count < 400, "reasons are short")
    require(error.head.transactionID?.isEmpty != true, "a TransactionID that is known says something")
}

/// Whatever a peer sent, it gets an answer that can be read, with its TransactionID.
private func checkAnswer(_ envelope: Envelope, _ profile: Profile) {
    let writer = MessageWriter(profile: profile)
    let answer = envelope.answer(ResponseStatus(.unsupportedOperation), side: .vasp)
    guard let written = try? writer.write(answer) else { fatalError("broken promise: an answer can be written") }
    guard let read = try? MessageReader().read(written.bytes, contentType: written.contentType) else {
        fatalError("broken promise: an answer can be read")
    }
    require(read.envelope == answer.readBack(from: profile), "an answer is read as it was written")
    require(read.envelope.transactionID == envelope.transactionID, "an answer repeats the TransactionID")
}

/// What was read is written and read to the same; where it cannot be written, the writer says so.
private func checkRoundTrip(_ envelope: Envelope, _ profile: Profile) {
    do throws(MM7Error) {
        let written = try MessageWriter(profile: profile).write(envelope)
        require(written.bytes.count == written.byteCount, "the length is that of the bytes")
        // Controls become blanks on their way.
        let hasControls = "\(envelope)".contains("\\")
        guard written.byteCount <= ReadingLimits().envelopeBytes, !hasControls, isCarried(envelope) else { return }
        guard let read = try? MessageReader().read(written.bytes, contentType: written.contentType) else {
            fatalError("broken promise: what is written can be read")
        }
        require(read.envelope == envelope.readBack(from: profile), "what is read back is what was written")
    } catch {
        require([.unencodable, .missingElement].contains(error.code), "the writer's errors are those two")
    }
}

/// False for values at the edges of which the wire format keeps no promise.
private func isCarried(_ envelope: Envelope) -> Bool {
    switch envelope.body {
    case .fault(let fault): isPlain(fault.code)
    case .submitReq(let request): isCarried(request.recipients.all + [request.sender.address].compactMap { $0 })
    case .deliverReq(let request):
        isCarried(request.recipients.all + [request.sender].compactMap { $0 })
            && isCarried(request.previouslySentBy.map(\.address))
    case .deliveryReportReq(let report): isCarried([report.recipient, report.sender].compactMap { $0 })
    case .readReplyReq(let reply): isCarried([reply.recipient, reply.sender].compactMap { $0 })
    case .cancelReq(let request): isCarried([request.sender.address].compactMap { $0 })
    case .extendedCancelReq(let request): isCarried([request.sender.address].compactMap { $0 })
    case .replaceReq(let request): isCarried([request.sender.address].compactMap { $0 })
    default: true
    }
}

/// Only the digits of a number are written; one without any is refused.
private func isCarried(_ addresses: [Address]) -> Bool {
    addresses.allSatisfy { $0.kind != .number || isPlain($0.normalized) }
}

private func isPlain(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) } }
