/// The readers of header values and encodings. The first byte chooses which.
func fuzzHeaders(_ input: FuzzInput) {
    var input = input
    switch input.choice() % 6 {
    case 0: partHeaders(input.rest)
    case 1: contentType(String(decoding: input.rest, as: UTF8.self))
    case 2: encodedWords(String(decoding: input.rest, as: UTF8.self))
    case 3: transferEncodings(input.rest)
    case 4: names(&input)
    default: charsets(&input)
    }
}

/// More than any decoding makes of an octet: four through a charset, three where it is replaced.
private let growth = 12

private func partHeaders(_ block: ArraySlice<UInt8>) {
    let headers = PartHeaders(block)
    let limit = block.count * growth
    for text in [headers.contentID, headers.contentLocation, headers.transferEncoding, headers.fileName, headers.name] {
        require((text?.utf8.count ?? 0) <= limit, "header values are bounded by the header")
    }
    require((headers.contentType?.parameters.count ?? 0) <= 32, "parameters are bounded")
    if block.isEmpty { require(PartHeaders.isWhole(block), "no headers are whole headers") }
}

private func contentType(_ header: String) {
    guard let type = ContentType(header) else { return }
    require(!type.type.isEmpty, "a media type has a type")
    require(type.parameters.count <= 32, "parameters are bounded")
    require(type.parameters.keys.allSatisfy { !$0.isEmpty && $0 == $0.lowercased() }, "names are in lower case")
    let octets = type.parameters.reduce(type.essence.utf8.count) { $0 + $1.key.utf8.count + $1.value.utf8.count }
    require(octets <= 3 * header.utf8.count + 1, "a media type is no longer than its header")
    require(ContentType(header) == type, "the same header is read alike twice")
    _ = SMILDocument.Medium(type)
}

private func encodedWords(_ text: String) {
    let decoded = EncodedWord.decode(text)
    require(decoded.utf8.count <= text.utf8.count * growth, "encoded words do not explode")
    require(EncodedWord.decode(text) == decoded, "the same words are decoded alike twice")

    let encoded = EncodedWord.encode(text)
    guard encoded != text else { return }
    require(encoded.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "encoded words are plain ASCII")
    require(encoded.split(separator: " ").allSatisfy { $0.utf8.count <= 75 }, "encoded words have 75 characters")
    // A byte order mark at the beginning of a word is taken for one.
    guard !text.unicodeScalars.contains("\u{FEFF}") else { return }
    require(EncodedWord.decode(encoded).utf8.elementsEqual(text.utf8), "encoded words are decoded to the same text")
}

private func transferEncodings(_ bytes: ArraySlice<UInt8>) {
    for encoding in ["base64", " base64 ", "quoted-printable", "x-unknown"] {
        require(PartEncoding.decode(bytes, encoding).count <= bytes.count, "decoding makes nothing longer")
    }
    let encoded = Base64.encode(bytes)
    require(Base64.decode(encoded[...]).elementsEqual(bytes), "base64 is decoded to the same octets")
    let lines = encoded.split(separator: 0x0A)
    require(lines.allSatisfy { $0.count <= 77 && ($0.last == 0x0D || $0.count <= 76) }, "lines have 76 characters")
    require(Base64.encode(bytes, lineLength: 0).allSatisfy { $0 > 0x20 }, "one line is one line")
    let text = String(decoding: bytes, as: UTF8.self)
    require(Hex.percentDecoded(text).utf8.count <= 3 * text.utf8.count, "percent-decoding does not explode")
}

/// Lines of a media type and a name in turn.
private func names(_ input: inout FuzzInput) {
    var names = PartNames()
    var given: Set<String> = []
    var index = 0
    while !input.rest.isEmpty {
        let type = ContentType(input.line()) ?? ContentType(type: "image", subtype: "jpeg")
        let name = names.name(input.line(), type: type, index: index)
        index += 1
        require(given.insert(name.lowercased()).inserted, "names are unique")
        require(!name.hasPrefix("."), "no name is hidden")
        let isSafe = name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-_.".utf8.contains(byte)
        }
        require(isSafe, "names are letters, digits and -_.")
        require(name.utf8.count <= 100, "names are short")
    }
}

/// A line with a charset, then text in it.
private func charsets(_ input: inout FuzzInput) {
    let charset = input.line()
    let bytes = input.rest
    if let text = Charset.utf8(bytes, charset: charset) {
        require(text.count <= 4 * bytes.count + 16, "charsets are bounded")
        require(Charset.utf8(bytes, charset: charset) == text, "the same text is decoded alike twice")
    }
    let plain = Charset.decodeText(bytes, charset: charset)
    require(plain.utf8.count <= bytes.count * growth, "text is bounded")
    let xml = Charset.decodeXML(bytes, header: charset)
    require(xml.utf8.count <= bytes.count * growth, "XML is bounded")
}
