import FoundationEssentials

/// Writes one SOAP envelope in the style of a profile. (TS 23.140, 8.7.8.1; SOAP 1.1, 4)
struct EnvelopeWriter {
    var xml: XMLWriter
    let profile: Profile
    let namespace: String
    let version: String
    /// What the profile and the schema of the namespace both know.
    let elements: ElementSet

    init(_ profile: Profile, namespace: String? = nil, version: String? = nil) {
        self.profile = profile
        self.namespace = namespace ?? profile.namespace
        self.version = version ?? profile.version
        if let namespace, namespace != profile.namespace, let schema = SchemaVersion.named(namespace) {
            elements = profile.elements.intersection(schema.elements)
        } else {
            elements = profile.elements
        }
        xml = XMLWriter(capacity: 2048)
    }

    /// The whole envelope, XML declaration included.
    mutating func write(_ envelope: Envelope) throws(MM7Error) {
        xml.literal(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/">
            """)
        if let transactionID = envelope.transactionID {
            xml.literal("<env:Header>")
            try openNamespaced("TransactionID")
            xml.literal(" env:mustUnderstand=\"1\">")
            try xml.text(transactionID, of: "TransactionID")
            xml.close("TransactionID")
            xml.literal("</env:Header>")
        }
        xml.literal("<env:Body>")
        try body(envelope.body)
        xml.literal("</env:Body></env:Envelope>")
    }

    /// An operation with its MM7Version and the children that `children` writes.
    mutating func operation(
        _ name: StaticString, _ children: (inout EnvelopeWriter) throws(MM7Error) -> Void
    ) throws(MM7Error) {
        try openNamespaced(name)
        xml.literal(">")
        xml.isPrefixed = profile.namespaceStyle == .prefixed
        try xml.element("MM7Version", version)
        try children(&self)
        xml.isPrefixed = profile.namespaceStyle != .defaultNamespace
        xml.close(name)
    }

    /// A response that is only a Status.
    mutating func response(_ name: StaticString, _ status: ResponseStatus) throws(MM7Error) {
        try operation(name) { writer throws(MM7Error) in try writer.status(status) }
    }

    private mutating func openNamespaced(_ name: StaticString) throws(MM7Error) {
        xml.isPrefixed = profile.namespaceStyle != .defaultNamespace
        xml.openWithAttributes(name)
        xml.literal(xml.isPrefixed ? " xmlns:mm7=\"" : " xmlns=\"")
        try xml.text(namespace, of: name)
        xml.literal("\"")
    }
}

/// Elements that several operations share.
extension EnvelopeWriter {
    mutating func status(_ status: ResponseStatus) throws(MM7Error) {
        xml.open("Status")
        xml.open("StatusCode")
        try xml.text(String(status.code.rawValue), of: "StatusCode")
        xml.close("StatusCode")
        try xml.element("StatusText", status.text ?? status.code.standardText)
        try xml.element("Details", status.details)
        xml.close("Status")
    }

    mutating func text(_ name: StaticString, _ text: String?, _ element: ElementSet) throws(MM7Error) {
        if elements.contains(element) { try xml.element(name, text) }
    }

    mutating func flag(_ name: StaticString, _ flag: Bool?, _ element: ElementSet) {
        if elements.contains(element) { xml.element(name, flag) }
    }

    mutating func date(_ name: StaticString, _ date: Date?) throws(MM7Error) {
        guard let date else { return }
        try xml.element(name, try wireText(date, of: name))
    }

    mutating func subject(_ subject: String?) throws(MM7Error) {
        guard let subject, elements.contains(.subject) else { return }
        try xml.element("Subject", profile.subjectForm == .plain ? subject : EncodedWord.encode(subject))
    }

    mutating func content(_ content: ContentReference?) throws(MM7Error) {
        guard let content, !content.href.isEmpty else { return }
        xml.openWithAttributes("Content")
        try xml.attribute("href", content.href)
        try xml.attribute("allowAdaptations", content.allowAdaptations.map { $0 ? "true" : "false" })
        xml.literal("/>")
    }

    mutating func uaCapabilities(_ capabilities: UACapabilities?) throws(MM7Error) {
        guard let capabilities, elements.contains(.uaCapabilities) else { return }
        xml.openWithAttributes("UACapabilities")
        try xml.attribute("UAProf", capabilities.uaProf)
        if let time = capabilities.timeStamp {
            try xml.attribute("TimeStamp", try wireText(time, of: "UACapabilities"))
        }
        xml.literal("/>")
    }

    func wireText(_ date: Date, of place: StaticString) throws(MM7Error) -> String {
        guard let text = WireDate.text(date) else {
            throw MM7Error(.unencodable, "a date outside the years 1 to 9999", place: "\(place)")
        }
        return text
    }

    func wireText(_ date: RelativeOrAbsoluteDate, of place: StaticString) throws(MM7Error) -> String {
        switch date {
        case .absolute(let date): return try wireText(date, of: place)
        case .relative(let seconds):
            guard let text = WireDate.text(ofDuration: seconds) else {
                throw MM7Error(.unencodable, "a negative duration", place: "\(place)")
            }
            return text
        }
    }
}

/// Addresses. (TS 23.140, addressType, multiAddressType, recipientsType)
extension EnvelopeWriter {
    /// An element that holds one address, or its text in the schemas that have it so.
    mutating func sender(_ name: StaticString, _ address: Address?) throws(MM7Error) {
        guard let address else { return }
        if profile.hasPlainSender {
            try xml.element(name, wireText(address))
        } else {
            try party(name, address)
        }
    }

    mutating func party(_ name: StaticString, _ address: Address?) throws(MM7Error) {
        guard let address else { return }
        xml.open(name)
        try self.address(address)
        xml.close(name)
    }

    mutating func recipients(_ recipients: Recipients) throws(MM7Error) {
        guard !recipients.isEmpty else { return }
        xml.open("Recipients")
        try group("To", recipients.to)
        try group("Cc", recipients.cc)
        try group("Bcc", recipients.bcc)
        xml.close("Recipients")
    }

    private mutating func group(_ name: StaticString, _ addresses: [Address]) throws(MM7Error) {
        guard !addresses.isEmpty else { return }
        xml.open(name)
        for address in addresses { try self.address(address) }
        xml.close(name)
    }

    private mutating func address(_ address: Address) throws(MM7Error) {
        let name: StaticString =
            switch address.kind {
            case .rfc2822: "RFC2822Address"
            case .number: "Number"
            case .shortCode: "ShortCode"
            }
        guard !address.value.isEmpty else {
            throw MM7Error(.unencodable, "an empty address", place: "\(name)")
        }
        xml.openWithAttributes(name)
        if address.isDisplayOnly { xml.literal(" displayOnly=\"true\"") }
        if elements.contains(.addressAttributes) {
            try xml.attribute("addressCoding", address.coding?.rawValue)
            try xml.attribute("id", address.id)
        }
        xml.literal(">")
        try xml.text(wireText(address), of: name)
        xml.close(name)
    }

    /// A number in the profile's form. National numbers, which begin with a zero, get no plus sign.
    private func wireText(_ address: Address) -> String {
        guard address.kind == .number, address.coding == nil else { return address.value }
        let digits = address.normalized
        let plus = digits.hasPrefix("0") ? "" : "+"
        return switch profile.addressForm {
        case .plain: digits
        case .plus: plus + digits
        case .typePLMN: plus + digits + "/TYPE=PLMN"
        }
    }
}
