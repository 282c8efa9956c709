import FoundationEssentials

/// Reads values that several operations share.
extension EnvelopeReader {
    /// - Throws: `.missingElement` where there is no such child, or an empty one.
    func required(_ name: StaticString, of element: XMLTree.Element) throws(MM7Error) -> String {
        guard let text = element.text(name) else {
            throw MM7Error(.missingElement, "\(element.name.cut(to: 64)) has no \(name)", element: "\(name)")
        }
        return text
    }

    /// SenderIdentification. Some peers put its children beside it, and some give the address the name that it has in
    /// other operations.
    func sender(_ element: XMLTree.Element) -> SenderIdentification {
        let identification = element.child("SenderIdentification")
        return SenderIdentification(
            vaspID: identification?.text("VASPID") ?? element.text("VASPID"),
            vasID: identification?.text("VASID") ?? element.text("VASID"),
            address: senderAddress(element)
        )
    }

    /// The sender by either of its names: `Sender` in messages from a relay, `SenderAddress` in messages to one. Peers
    /// confuse the two, and put either inside SenderIdentification or beside it.
    func senderAddress(_ element: XMLTree.Element) -> Address? {
        for holder in [element, element.child("SenderIdentification")].compactMap(\.self) {
            if let address = address(holder.child("Sender")) ?? address(holder.child("SenderAddress")) {
                return address
            }
        }
        return nil
    }

    /// Recipients; some peers write the one address as Recipient, as reports have it.
    mutating func recipientsOrRecipient(_ element: XMLTree.Element) -> Recipients {
        let recipients = recipients(element.child("Recipients"))
        guard recipients.isEmpty, let single = element.child("Recipient") ?? element.child("RecipientAddress") else {
            return recipients
        }
        return self.recipients(single)
    }

    /// A point in time under the first of two names that is present: reports and messages use different ones.
    mutating func date(_ element: XMLTree.Element, _ name: StaticString, or other: StaticString) -> Date? {
        date(element, name) ?? date(element, other)
    }

    /// DistributionIndicator; the oldest schema says the opposite, that the content is protected from redistribution.
    func distributionIndicator(_ element: XMLTree.Element) -> Bool? {
        flag(element.text("DistributionIndicator")) ?? flag(element.text("DistributionProtection")).map { !$0 }
    }

    /// A Status, or its children directly inside the response as one peer sends them.
    mutating func status(_ response: XMLTree.Element) throws(MM7Error) -> ResponseStatus {
        guard let status = statusIfAny(response) else {
            throw MM7Error(.missingElement, "the response has no StatusCode", element: "StatusCode")
        }
        return status
    }

    /// The status of a response, wherever in it the children of Status stand; nil without a StatusCode.
    private mutating func statusIfAny(_ response: XMLTree.Element) -> ResponseStatus? {
        let status = response.child("Status") ?? response
        guard let text = status.text("StatusCode") ?? response.text("StatusCode") else { return nil }
        if Int(text) == nil { notes.add("StatusCode is not a number") }
        return ResponseStatus(
            StatusCode(rawValue: Int(text) ?? Self.leadingCode(text) ?? 0),
            text: status.text("StatusText") ?? response.text("StatusText"),
            details: status.text("Details") ?? status.text("Detail") ?? response.text("Details")
        )
    }

    /// "1000 Success", "1000.0" and "1000" followed by a NUL are read as 1000: what was accepted must not be sent
    /// again.
    private static func leadingCode(_ text: String) -> Int? {
        let (head, rest) = (text.utf8.prefix(4), text.utf8.dropFirst(4))
        guard let first = rest.first, !first.isASCIIAlphanumeric, head.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(Substring(head))
    }

    /// A Fault of any kind: with or without prefixes, detail or wrapper. (SOAP 1.1, 4.4)
    mutating func fault(_ element: XMLTree.Element) -> Fault {
        let code = element.text("faultcode") ?? element.child("Code")?.text("Value") ?? "Client"
        let string = element.text("faultstring") ?? element.child("Reason")?.text("Text")
        var fault = Fault(
            code: code.utf8.split(separator: UInt8(ascii: ":")).last.map { String(Substring($0)) } ?? "Client",
            string: string)
        guard let error = element.errorInFault else {
            if element.faultDetail?.children.contains(where: { _ in true }) == true {
                notes.add("a fault detail without MM7 error")
            }
            return fault
        }
        fault.side = error.isNamed("VASPErrorRsp") ? .vasp : .relayServer
        fault.error = statusIfAny(error).map { ErrorRsp(status: $0) }
        if fault.error == nil { notes.add("a fault detail without StatusCode") }
        return fault
    }

    /// The address in an element: its child, its grandchild, or its text.
    func address(_ element: XMLTree.Element?) -> Address? {
        guard let element else { return nil }
        for child in element.children {
            if let kind = Address.Kind(element: child) { return address(child, kind) }
        }
        for child in element.children {
            if let nested = address(child) { return nested }
        }
        let text = element.text
        guard !text.isEmpty, !element.children.contains(where: { _ in true }) else { return nil }
        return Address(Address.Kind(guessedFrom: text), text)
    }

    private func address(_ element: XMLTree.Element, _ kind: Address.Kind) -> Address? {
        let text = element.text
        guard !text.isEmpty else { return nil }
        return Address(
            kind,
            text,
            isDisplayOnly: flag(element.attribute("displayOnly")) ?? false,
            coding: element.attribute("addressCoding").flatMap { Address.Coding(rawValue: $0.lowercased()) },
            id: element.attribute("id")
        )
    }

    /// The addresses of one element; some peers write several numbers into it.
    private func addresses(_ element: XMLTree.Element, _ kind: Address.Kind) -> [Address] {
        guard let address = address(element, kind) else { return [] }
        guard kind == .number, address.coding == nil else { return [address] }
        let numbers = address.value.split { ",;".contains($0) }.map { String($0.trimmed) }.filter { !$0.isEmpty }
        guard numbers.count > 1, numbers.allSatisfy(Self.isNumber) else { return [address] }
        return numbers.map { number in
            var each = address
            each.value = number
            return each
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        let digits = text[...].firstRangeOfASCII("/type=").map { text[..<$0] } ?? text[...]
        return digits.utf8.allSatisfy { (0x30...0x39).contains($0) || " +-().".utf8.contains($0) }
    }

    /// To, Cc and Bcc, each any number of times and in any letter case; an address outside of them counts as To.
    mutating func recipients(_ element: XMLTree.Element?) -> Recipients {
        var recipients = Recipients()
        guard let element else { return recipients }
        for group in element.children {
            if let kind = Address.Kind(element: group) {
                recipients.to += addresses(group, kind)
                continue
            }
            var addresses = group.children.flatMap { child in
                Address.Kind(element: child).map { self.addresses(child, $0) } ?? []
            }
            // The oldest schemas have text in place of address elements.
            if addresses.isEmpty { addresses = address(group).map { [$0] } ?? [] }
            switch group.name.lowercased() {
            case "to", "recipient": recipients.to += addresses
            case "cc": recipients.cc += addresses
            case "bcc": recipients.bcc += addresses
            default:
                notes.unknown(group.name, in: "Recipients")
                recipients.to += addresses
            }
        }
        if !element.children.contains(where: { _ in true }), let address = address(element) {
            recipients.to.append(address)
        }
        return recipients
    }

    /// xs:boolean in any letter case.
    func flag(_ text: String?) -> Bool? {
        switch text?.lowercased() {
        case "true", "1": true
        case "false", "0": false
        default: nil
        }
    }

    mutating func date(_ element: XMLTree.Element, _ name: StaticString) -> Date? {
        guard let text = element.text(name) else { return nil }
        let date = WireDate.date(text)
        if date == nil { notes.add("\(name) is not a date") }
        return date
    }

    mutating func time(_ text: String?, _ name: StaticString) -> RelativeOrAbsoluteDate? {
        guard let text, !text.isEmpty else { return nil }
        let time = WireDate.relativeOrAbsolute(text)
        if time == nil { notes.add("\(name) is neither a date nor a duration") }
        return time
    }

    func content(_ element: XMLTree.Element) -> ContentReference? {
        guard let content = element.child("Content"), let href = content.attribute("href"), !href.isEmpty else {
            return nil
        }
        return ContentReference(href: href, allowAdaptations: flag(content.attribute("allowAdaptations")))
    }

    mutating func uaCapabilities(_ element: XMLTree.Element) -> UACapabilities? {
        guard let capabilities = element.child("UACapabilities") else { return nil }
        return UACapabilities(
            uaProf: capabilities.attribute("UAProf"),
            timeStamp: time(capabilities.attribute("TimeStamp"), "UACapabilities")
        )
    }

    /// Notes the children that no known form of an operation has.
    mutating func noteUnknown(_ element: XMLTree.Element, _ operation: StaticString, known: [StaticString]) {
        for child in element.children where !known.contains(where: { child.isNamed($0) }) {
            notes.unknown(child.name, in: operation)
        }
    }
}

extension Address.Kind {
    fileprivate init?(element: XMLTree.Element) {
        if element.isNamed("Number") {
            self = .number
        } else if element.isNamed("RFC2822Address") {
            self = .rfc2822
        } else if element.isNamed("ShortCode") {
            self = .shortCode
        } else {
            return nil
        }
    }

    /// Guesses the kind of an address that is given as plain text.
    fileprivate init(guessedFrom text: String) {
        if text.utf8.contains(UInt8(ascii: "@")) {
            self = .rfc2822
        } else {
            let plain = Address(.number, text).normalized
            self = plain.utf8.allSatisfy { (0x30...0x39).contains($0) } ? .number : .shortCode
        }
    }
}
