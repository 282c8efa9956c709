import Foundation
import Testing

@testable import MM7

@Suite struct SubmitReqWritingTests {
    private func full() -> SubmitReq {
        var request = SubmitReq(
            sender: SenderIdentification(vaspID: "acme", vasID: "acme-news", address: .shortCode("55512")),
            recipients: Recipients(
                to: [.msisdn("15550100"), Address(.number, "15550101", isDisplayOnly: true)],
                cc: [.rfc2822("eve@example.net")]
            )
        )
        let noon = Date(timeIntervalSince1970: 1_709_208_000)
        request.serviceCode = "gold"
        request.linkedID = "mo-7"
        request.messageClass = .informational
        request.timeStamp = noon
        request.replyCharging = ReplyCharging(sizeBytes: 2048, deadline: .absolute(noon.addingTimeInterval(43_200)))
        request.earliestDeliveryTime = .absolute(noon.addingTimeInterval(3600))
        request.expiryDate = .relative(seconds: 86_400)
        request.deliveryReport = true
        request.readReply = false
        request.priority = .high
        request.subject = "Salt & <Pepper>"
        request.chargedParty = .thirdParty
        request.chargedPartyID = "payer-1"
        request.distributionIndicator = false
        request.deliveryConditions = [1, 2]
        request.applicID = "app"
        request.replyApplicID = "reply"
        request.auxApplicInfo = "aux"
        request.contentClass = .imageBasic
        request.drmContent = false
        request.content = ContentReference(href: "cid:picture", allowAdaptations: true)
        return request
    }

    private func small() -> SubmitReq {
        var request = SubmitReq(
            sender: SenderIdentification(vaspID: "acme", address: .shortCode("55512")),
            recipients: Recipients(to: [.msisdn("+15550100")])
        )
        request.deliveryReport = true
        request.subject = "Hi"
        return request
    }

    private func written(_ request: SubmitReq, _ profile: Profile, id: String = "t-42") throws -> String {
        let message = try MessageWriter(profile: profile).write(request, transactionID: id, content: nil)
        #expect(message.byteCount == message.bytes.count)
        #expect(message.contentType == "text/xml; charset=utf-8")
        return String(decoding: message.bytes, as: UTF8.self)
    }

    @Test("all elements are written in schema order, in the default namespace")
    func defaultNamespace() throws {
        #expect(try written(full(), .standard, id: "t-41") == Fixture.text("submit-default.xml"))
    }

    @Test(
        "the other namespace styles differ in prefixes alone",
        arguments: [
            (Profile.NamespaceStyle.prefixed, "submit-prefixed.xml"),
            (Profile.NamespaceStyle.prefixedRoot, "submit-prefixed-root.xml"),
        ])
    func prefixes(style: Profile.NamespaceStyle, fixture: String) throws {
        var profile = Profile.standard
        profile.namespaceStyle = style

        #expect(try written(small(), profile) == Fixture.text(fixture))
    }

    @Test("what is written is read back equal", arguments: Profile.NamespaceStyle.allCases)
    func roundTrip(style: Profile.NamespaceStyle) throws {
        var profile = Profile.standard
        profile.namespaceStyle = style
        profile.expiryForm = .asGiven

        let bytes = Array(try written(full(), profile).utf8)
        let message = try MessageReader().read(bytes, contentType: "text/xml")

        #expect(message.envelope.body == .submitReq(full()))
        #expect(message.envelope.transactionID == "t-42")
        #expect(message.envelope.namespace == profile.namespace)
        #expect(message.envelope.version == "6.8.0")
        #expect(message.notes.isEmpty)
    }

    @Test("elements that the schema or the peer does not know are left out")
    func filters() throws {
        let mbuni = try written(full(), .mbuni)
        let sinch = try written(
            full(),
            {
                var profile = Profile.sinch
                profile.recipientsPerRequest = 2
                return profile
            }())

        for name in ["DistributionIndicator", "DRMContent", "ApplicID", "ChargedPartyID", "DeliveryCondition"] {
            #expect(!mbuni.contains("<\(name)"), "\(name)")
        }
        #expect(!mbuni.contains("<ChargedParty"), "a third party pays where nobody can name it")
        #expect(!sinch.contains("<ChargedParty"))
        for name in ["ReplyCharging", "LinkedID", "ReadReply", "EarliestDeliveryTime"] {
            #expect(mbuni.contains("<\(name)"), "\(name)")
            #expect(!sinch.contains("<\(name)"), "\(name)")
        }
        #expect(sinch.contains("<ExpiryDate>2024-03-01T12:00:00Z</ExpiryDate>"))
    }

    @Test("the oldest schemas have the sender as plain text")
    func plainSender() throws {
        let schema = try #require(SchemaVersion.known.first)

        let text = try written(small(), Profile(name: "old", schema: schema))

        #expect(text.contains("<SenderAddress>55512</SenderAddress>"))
    }

    @Test(
        "numbers take the peer's form",
        arguments: [
            (Profile.AddressForm.plain, "15550100"), (.plus, "+15550100"), (.typePLMN, "+15550100/TYPE=PLMN"),
        ])
    func addressForms(form: Profile.AddressForm, number: String) throws {
        var profile = Profile.standard
        profile.addressForm = form

        #expect(try written(small(), profile).contains("<Number>\(number)</Number>"))
    }

    @Test("a relative expiry without TimeStamp is refused where the peer wants dates")
    func relativeExpiry() throws {
        var request = small()
        request.expiryDate = .relative(seconds: 60)

        let error = #expect(throws: MM7Error.self) { _ = try written(request, .sinch) }

        #expect(error?.code == .unencodable)
        #expect(error?.element == "ExpiryDate")
    }

    @Test("more recipients than the peer takes are refused, and so are none")
    func recipientLimits() throws {
        var request = small()
        request.recipients.cc = [.msisdn("15550102")]
        #expect(throws: MM7Error.self) { _ = try written(request, .sinch) }

        request.recipients = Recipients(to: [Address(.number, "1", isDisplayOnly: true)])
        #expect(throws: MM7Error.self) { _ = try written(request, .standard) }
    }

    @Test(
        "characters that XML cannot carry do not go out",
        arguments: [
            ("a\u{0}", "a"), ("a\u{8}b", "a b"), ("x\u{FFFE}", "x\u{FFFD}"), ("\u{FFFF}", "\u{FFFD}"), ("\u{1B}[", "["),
        ])
    func unspeakable(subject: String, written: String) throws {
        var request = small()
        request.subject = subject

        #expect(try self.written(request, .standard).contains("<Subject>\(written)</Subject>"))
    }

    @Test(
        "every other text comes back as it was",
        arguments: [
            "]]> & < > \" '", "Grüße 🎈 \u{FFFD}", "&amp;#38;", "&#38;", "\u{EFFFE}",
        ])
    func escaping(text: String) throws {
        var request = small()
        request.serviceCode = text
        request.content = ContentReference(href: "cid:\(text)")

        let bytes = Array(try written(request, .standard).utf8)
        let message = try MessageReader().read(bytes, contentType: nil)

        #expect(message.envelope.body == .submitReq(request.with { $0.recipients.to = [.msisdn("15550100")] }))
    }

    @Test("a subject becomes encoded words where the peer wants ASCII")
    func encodedSubject() throws {
        var request = small()
        request.subject = "Grüße " + String(repeating: "ö", count: 60)

        let text = try written(request, .openwave)
        let message = try MessageReader().read(Array(text.utf8), contentType: nil)

        #expect(text.contains("<Subject>=?utf-8?B?R3LDvMOfZSD"))
        #expect(message.envelope.submitReq?.subject == request.subject)
    }
}

extension SubmitReq {
    func with(_ change: (inout SubmitReq) -> Void) -> SubmitReq {
        var copy = self
        change(&copy)
        return copy
    }
}

extension Envelope {
    var submitReq: SubmitReq? {
        if case .submitReq(let request) = body { request } else { nil }
    }

    var deliverReq: DeliverReq? {
        if case .deliverReq(let request) = body { request } else { nil }
    }

    var deliveryReport: DeliveryReportReq? {
        if case .deliveryReportReq(let report) = body { report } else { nil }
    }
}
