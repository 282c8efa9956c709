import FoundationEssentials

@testable import MM7

/// The filters and forms of one profile in one namespace.
struct Wire {
    let profile: Profile
    let elements: ElementSet

    init(_ profile: Profile, _ envelope: Envelope) {
        var profile = profile
        let own = SchemaVersion.named(profile.namespace)
        let schema = SchemaVersion.named(envelope.namespace ?? profile.namespace)
        // What the profile leaves out of its own schema it leaves out of every other.
        let omitted = own.map { $0.elements.subtracting(profile.elements) } ?? []
        elements = schema.map { $0.elements.subtracting(omitted) } ?? profile.elements
        if let schema, schema.namespace != profile.namespace { profile.hasPlainSender = schema.hasPlainSender }
        self.profile = profile
    }

    func keep<Value>(_ element: ElementSet, _ value: inout Value?) {
        if !elements.contains(element) { value = nil }
    }

    func status(_ status: ResponseStatus) -> ResponseStatus {
        ResponseStatus(status.code, text: status.text ?? status.code.standardText, details: status.details)
    }

    /// Telephone numbers are written in the profile's form, all other addresses as they are.
    func address(_ address: Address) -> Address {
        var copy = address
        if address.kind == .number, address.coding == nil {
            let plus = address.normalized.hasPrefix("0") || profile.addressForm == .plain ? "" : "+"
            copy.value = plus + address.normalized + (profile.addressForm == .typePLMN ? "/TYPE=PLMN" : "")
            copy.value = copy.value.xmlTrimmed
        }
        keep(.addressAttributes, &copy.coding)
        keep(.addressAttributes, &copy.id)
        return copy
    }

    /// SenderAddress and Sender, which some schemas have as text: their element is then guessed from it.
    func sender(_ given: Address) -> Address {
        let address = address(given)
        guard profile.hasPlainSender else { return address }
        let isNumber = Address(.number, address.value).normalized.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return Address(address.value.contains("@") ? .rfc2822 : isNumber ? .number : .shortCode, address.value)
    }

    func recipients(_ recipients: Recipients) -> Recipients {
        Recipients(
            to: recipients.to.map(address), cc: recipients.cc.map(address), bcc: recipients.bcc.map(address))
    }

    /// Fractions of a second are not written.
    func date(_ date: Date) -> Date { Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down)) }

    func time(_ time: RelativeOrAbsoluteDate) -> RelativeOrAbsoluteDate {
        if case .absolute(let date) = time { return .absolute(self.date(date)) }
        return time
    }

    /// A time of delivery, which a profile may want counted from the TimeStamp.
    func deliveryTime(_ time: RelativeOrAbsoluteDate, _ submitted: Date?) -> RelativeOrAbsoluteDate {
        guard profile.expiryForm == .absolute, let submitted else { return self.time(time) }
        return .absolute(date(time.date(submitted: submitted)))
    }

    /// The reader decodes encoded words, whoever wrote them.
    func subject(_ subject: String) -> String? {
        let written = profile.subjectForm == .plain ? subject : EncodedWord.encode(subject)
        let trimmed = written.xmlTrimmed
        return trimmed.isEmpty ? nil : EncodedWord.decode(trimmed)
    }

    /// The oldest schema has another element for the same.
    func keepDistribution(_ mayDistribute: inout Bool?) {
        if elements.isDisjoint(with: [.distributionIndicator, .distributionProtection]) { mayDistribute = nil }
    }

    func content(_ content: ContentReference) -> ContentReference? { content.href.isEmpty ? nil : content }

    func capabilities(_ capabilities: UACapabilities) -> UACapabilities {
        UACapabilities(uaProf: capabilities.uaProf, timeStamp: capabilities.timeStamp.map(time))
    }
}

extension String {
    /// Without the white space of XML at both ends, as the reader hands out texts.
    fileprivate var xmlTrimmed: String {
        var bytes = Substring(self).utf8[...]
        while let first = bytes.first, first.isXMLSpace { bytes.removeFirst() }
        while let last = bytes.last, last.isXMLSpace { bytes.removeLast() }
        return String(Substring(bytes))
    }
}
