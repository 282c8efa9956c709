import MM7

/// A SubmitReq whose elements are those of the schema, in its order. (TS 23.140, 8.7.2 and annex L)
struct StrictSubmitReq {
    let version: String
    let sender: Address?
    /// Those who get a copy.
    let recipients: [Address]
    let subject: String?
    let wantsReport: Bool
    /// The Content-ID of the content, without angle brackets; nil for a message without content.
    let contentID: String?

    private static let order = [
        "MM7Version", "SenderIdentification", "Recipients", "ServiceCode", "LinkedID", "MessageClass", "TimeStamp",
        "ReplyCharging", "EarliestDeliveryTime", "ExpiryDate", "DeliveryReport", "ReadReply", "Priority", "Subject",
        "ChargedParty", "ChargedPartyID", "DistributionIndicator", "DeliveryCondition", "ApplicID", "ReplyApplicID",
        "AuxApplicInfo", "ContentClass", "DRMContent", "Content",
    ]
    private static let versions: Set = [
        "6.8.0", "6.7.0", "6.6.0", "6.5.0", "6.4.0", "6.3.0", "5.10.0", "5.8.0", "5.6.0", "5.5.0", "5.3.0", "5.2.0",
    ]
    private static let flags = ["DeliveryReport", "ReadReply", "DistributionIndicator", "DRMContent"]

    /// - Parameter vaspID: the known VASPID; nil accepts any.
    init(_ element: StrictElement, vaspID: String?) throws(Violation) {
        try Self.checkOrder(of: element, Self.order)
        try Self.checkNamespaces(of: element)
        for name in Self.flags {
            guard let flag = element.child(name) else { continue }
            guard ["true", "false", "1", "0"].contains(flag.text) else {
                throw Violation(.validationError, "\(name) is no boolean")
            }
        }
        version = try Self.version(of: element)
        sender = try Self.sender(element.child("SenderIdentification"), vaspID: vaspID)
        recipients = try Self.recipients(element.child("Recipients"))
        subject = element.child("Subject")?.text
        wantsReport = ["true", "1"].contains(element.child("DeliveryReport")?.text)
        contentID = try element.child("Content").map { content throws(Violation) in try Self.contentID(content) }
    }

    static func version(of element: StrictElement) throws(Violation) -> String {
        guard let version = element.child("MM7Version")?.text, !version.isEmpty else {
            throw Violation(.validationError, "MM7Version is missing")
        }
        guard versions.contains(version) else { throw Violation(.unsupportedVersion, "MM7Version is unknown") }
        return version
    }

    static func checkOrder(of element: StrictElement, _ order: [String]) throws(Violation) {
        var last = -1
        for child in element.children {
            guard let index = order.firstIndex(of: child.name) else {
                throw Violation(.validationError, "\(child.name) is no element of \(element.name)")
            }
            guard index != last else { throw Violation(.validationError, "\(child.name) is repeated") }
            guard index > last else {
                throw Violation(.validationError, "\(child.name) stands behind \(order[last])")
            }
            last = index
        }
    }

    /// Checks that local elements are qualified; or that the operation has a prefix and its children no namespace, as
    /// in much release 5 traffic.
    static func checkNamespaces(of element: StrictElement) throws(Violation) {
        let within = element.descendants.dropFirst()
        let isUniform = within.allSatisfy { $0.namespace == element.namespace }
        let isBare = within.allSatisfy { $0.namespace == nil } && element.namespace?.contains("REL-5") == true
        guard isUniform || isBare else {
            throw Violation(.validationError, "elements of \(element.name) are not in its namespace")
        }
        guard within.allSatisfy({ $0.attributes.allSatisfy { $0.namespace == nil } }) else {
            throw Violation(.validationError, "an attribute has a prefix")
        }
    }

    static func sender(_ element: StrictElement?, vaspID: String?) throws(Violation) -> Address? {
        guard let element else { throw Violation(.validationError, "SenderIdentification is missing") }
        try checkOrder(of: element, ["VASPID", "VASID", "SenderAddress"])
        guard let given = element.child("VASPID")?.text, !given.isEmpty else {
            throw Violation(.improperIdentification, "VASPID is missing")
        }
        guard vaspID == nil || given == vaspID else { throw Violation(.improperIdentification, "VASPID is unknown") }
        guard let shown = element.child("SenderAddress") else { return nil }
        // The oldest schema has text here. (mm7 REL-5-MM7-1-0)
        guard !shown.children.isEmpty else { return shown.text.isEmpty ? nil : .shortCode(shown.text) }
        guard shown.children.count == 1 else { throw Violation(.addressError, "SenderAddress holds several addresses") }
        return try address(shown.children[0])
    }

    private static func recipients(_ element: StrictElement?) throws(Violation) -> [Address] {
        guard let element else { throw Violation(.validationError, "Recipients is missing") }
        var addresses: [Address] = []
        var shownCount = 0
        for group in element.children {
            guard ["To", "Cc", "Bcc"].contains(group.name), !group.children.isEmpty else {
                throw Violation(.validationError, "Recipients holds groups of addresses, To, Cc or Bcc")
            }
            for child in group.children {
                let address = try address(child)
                addresses.append(address)
                if group.name != "Bcc", !address.isDisplayOnly { shownCount += 1 }
            }
        }
        guard shownCount <= 1 else {
            throw Violation(.addressError, "To and Cc show \(shownCount) recipients to each other, and 1 is the limit")
        }
        let deliverable = addresses.filter { !$0.isDisplayOnly }
        guard !deliverable.isEmpty else { throw Violation(.addressError, "no recipient gets a copy") }
        return deliverable
    }

    private static func address(_ element: StrictElement) throws(Violation) -> Address {
        let isDisplayOnly = ["true", "1"].contains(element.attribute("displayOnly"))
        guard !element.text.isEmpty else { throw Violation(.addressError, "\(element.name) is empty") }
        switch element.name {
        case "Number":
            let address = Address(.number, element.text, isDisplayOnly: isDisplayOnly)
            guard address.normalized.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                throw Violation(.addressError, "a Number is none")
            }
            return address
        case "ShortCode": return Address(.shortCode, element.text, isDisplayOnly: isDisplayOnly)
        case "RFC2822Address": return Address(.rfc2822, element.text, isDisplayOnly: isDisplayOnly)
        default: throw Violation(.validationError, "\(element.name) is no address")
        }
    }

    private static func contentID(_ element: StrictElement) throws(Violation) -> String {
        guard let href = element.attribute("href"), href.hasPrefix("cid:"), href.utf8.count > 4 else {
            throw Violation(.validationError, "the href of Content is no cid URL")
        }
        guard element.children.isEmpty, element.text.isEmpty else {
            throw Violation(.validationError, "Content is not empty")
        }
        return String(href.dropFirst(4))
    }
}
