package import CurlHTTP
import FoundationEssentials
package import MM7

/// A message as a handset sends it, to be brought to a VASP by a DeliverReq.
package struct HandsetMessage: Sendable {
    package var sender: Address
    package var recipient: Address
    package var subject: String?
    /// Its texts and media, in their order; without any it is the envelope alone.
    package var parts: [OutgoingPart]

    package init(from sender: String, to recipient: String, subject: String? = nil, parts: [OutgoingPart]) {
        self.sender = Self.address(sender)
        self.recipient = Self.address(recipient)
        self.subject = subject
        self.parts = parts
    }

    /// A number of a few digits, or with letters, is a service's.
    private static func address(_ text: String) -> Address {
        let digits = text.filter { $0.isASCII && $0.isNumber }
        return digits.count >= 7 ? .msisdn(digits) : .shortCode(text)
    }

    /// The request, written as the MMSC writes.
    func request(
        to url: String, transactionID: String, at date: Date, _ configuration: MockMMSC.Configuration
    ) throws(MM7Error) -> HTTPRequest {
        var delivery = DeliverReq(sender: sender, recipients: Recipients(to: [recipient]))
        delivery.linkedID = transactionID
        delivery.timeStamp = date
        delivery.subject = subject
        let content = parts.isEmpty ? nil : try EncodedContent(parts, profile: configuration.profile)
        let encoded = try MessageWriter(profile: configuration.profile)
            .write(delivery, transactionID: transactionID, content: content)
        var request = HTTPRequest(method: .post, url: url)
        request.headers = ["Content-Type": encoded.contentType, "SOAPAction": configuration.profile.soapAction]
        request.body = encoded.segments
        request.credentials = configuration.callbackLogin
        request.authentication = configuration.callbackAuthentication
        request.trust = configuration.callbackTrust
        request.timeout = .seconds(30)
        return request
    }
}

/// What a VASP answered to a DeliverReq.
package struct DeliveryAnswer: Sendable, Equatable, CustomStringConvertible {
    package let httpStatus: Int
    /// Nil where the answer is no response of MM7.
    package let status: ResponseStatus?

    package var isTaken: Bool { status?.code == .success }

    package var description: String {
        guard let status else { return "HTTP \(httpStatus) without a readable MM7 answer" }
        let words = [status.text, status.details].compactMap(\.self).joined(separator: ": ")
        return "\(status.code.rawValue)" + (words.isEmpty ? "" : " \(words)")
    }
}

extension MockMMSC {
    /// Posts one message to the VASP, once.
    ///
    /// - Throws: `MM7Error` where no message can be made of it, `HTTPFailure` where there is no answer.
    package static func deliver(
        _ message: HandsetMessage, to url: String, _ configuration: Configuration, client: HTTPClient
    ) async throws -> DeliveryAnswer {
        let request = try message.request(
            to: url, transactionID: "mo-\(UUID().uuidString)", at: Date(), configuration)
        let response = try await client.send(request)
        let read = try? MessageReader().read(response.body, contentType: response.headers.first(named: "Content-Type"))
        return DeliveryAnswer(httpStatus: response.status, status: read?.envelope.status)
    }
}
