import MM7

/// What is written and read in the measurements.
enum Messages {
    /// Octets that look like compressed media: of every value, none more often than others.
    static func media(_ count: Int) -> [UInt8] {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }

    static func picture(_ count: Int) -> [OutgoingPart] {
        [OutgoingPart(contentType: "image/jpeg", name: "picture.jpg", bytes: media(count)[...])]
    }

    /// A profile as most peers want it, media in the encoding given.
    static func profile(_ encoding: Profile.TransferEncoding) -> Profile {
        var profile = Profile.standard
        profile.transferEncoding = encoding
        return profile
    }

    static var submitReq: SubmitReq {
        var request = SubmitReq(
            sender: SenderIdentification(vaspID: "acme", vasID: "news", address: .shortCode("55512")),
            recipients: Recipients(to: [.msisdn("15550100")])
        )
        request.serviceCode = "weather-2"
        request.messageClass = .informational
        request.deliveryReport = true
        request.priority = .normal
        request.subject = "Rain & wind <today>"
        request.allowAdaptations = true
        return request
    }

    /// A message from a handset with one picture, as a relay sends it.
    static func deliverReq(_ count: Int, _ encoding: Profile.TransferEncoding) throws -> EncodedMessage {
        let profile = profile(encoding)
        var request = DeliverReq(sender: .msisdn("15550100"))
        request.subject = "Holiday"
        let content = try EncodedContent(picture(count), profile: profile)
        return try MessageWriter(profile: profile).write(request, transactionID: "mo-1", content: content)
    }

    /// A report of 43 elements and nearly 2 kB: every element of the operation, and a vendor's own after them.
    static var deliveryReportReq: [UInt8] {
        let namespace = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4"
        let entries = (1...7).map { "<entry><key>key-\($0)</key><value>value number \($0)</value></entry>" }
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">
              <soap:Header>
                <TransactionID xmlns="\(namespace)" soap:mustUnderstand="1">relay-4711-0815</TransactionID>
              </soap:Header>
              <soap:Body>
                <DeliveryReportReq xmlns="\(namespace)">
                  <MM7Version>6.8.0</MM7Version>
                  <MMSRelayServerID>relay-1</MMSRelayServerID>
                  <MessageID>2011071112350078000054000</MessageID>
                  <Recipient><Number>15550100</Number></Recipient>
                  <Sender><ShortCode>55512</ShortCode></Sender>
                  <Date>2024-02-29T12:34:56.500+02:00</Date>
                  <MMStatus>Rejected</MMStatus>
                  <MMStatusExtension>RejectionByOtherRS</MMStatusExtension>
                  <StatusText>Refused by the other relay</StatusText>
                  <ApplicID>app-1</ApplicID>
                  <ReplyApplicID>app-2</ReplyApplicID>
                  <AuxApplicInfo>aux &amp; more</AuxApplicInfo>
                  <UACapabilities UAProf="http://ua.example/profile?a=1&amp;b=2" TimeStamp="2024-02-29T00:00:00Z"/>
                  <Extra>
                    <list>
                      \(entries.joined(separator: "\n          "))
                    </list>
                  </Extra>
                </DeliveryReportReq>
              </soap:Body>
            </soap:Envelope>
            """
        return Array(text.utf8)
    }
}
