/// Addresses. (TS 23.140, addressType, multiAddressType, recipientsType)
extension EnvelopeWriter {
    mutating func sender(_ sender: SenderIdentification) throws(MM7Error) {
        xml.open("SenderIdentification")
        try xml.element("VASPID", sender.vaspID)
        try xml.element("VASID", sender.vasID)
        try self.sender("SenderAddress", sender.address)
        xml.close("SenderIdentification")
    }

    /// An element that holds one address, or plain text in the schemas that want that.
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

    mutating func address(_ address: Address) throws(MM7Error) {
        let name: StaticString =
            switch address.kind {
            case .rfc2822: "RFC2822Address"
            case .number: "Number"
            case .shortCode: "ShortCode"
            }
        let text = wireText(address)
        guard let text, !text.isEmpty else {
            throw MM7Error(.unencodable, "an empty address", element: "\(name)")
        }
        xml.openWithAttributes(name)
        if address.isDisplayOnly { xml.literal(" displayOnly=\"true\"") }
        if elements.contains(.addressAttributes) {
            try xml.attribute("addressCoding", address.coding?.rawValue)
            try xml.attribute("id", address.id)
        }
        xml.literal(">")
        try xml.text(text, of: name)
        xml.close(name)
    }

    /// A number in the profile's form, nil where it has no digits. National numbers, which begin with a zero, get no plus
    /// sign.
    private func wireText(_ address: Address) -> String? {
        guard address.kind == .number, address.coding == nil else { return address.value }
        let digits = address.normalized
        guard !digits.isEmpty else { return nil }
        let plus = digits.hasPrefix("0") ? "" : "+"
        return switch profile.addressForm {
        case .plain: digits
        case .plus: plus + digits
        case .typePLMN: plus + digits + "/TYPE=PLMN"
        }
    }
}
