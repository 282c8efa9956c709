import CurlHTTP
package import GatewayCore
package import MM7

/// A SubmitReq as it goes to an MMSC, made again for people to read. Our identification at the MMSC is masked.
package struct WrittenSubmission: Sendable, Equatable {
    /// The URL without its query, which may hold a key.
    package let url: String
    package let headers: [Header]
    /// The SOAP part in full.
    package let envelope: String
    /// The other parts in their order, a container before what is in it.
    package let parts: [WrittenPart]

    package struct Header: Sendable, Equatable {
        package let name: String
        package let value: String
    }

    static let mask = "•••"

    /// - Parameters:
    ///   - media: in the order of the batch's media.
    ///   - recipients: all those of the SubmitReq; placeholders are filled in for the first.
    /// - Returns: nil when a placeholder has no value for the recipient, so that nothing can be sent.
    /// - Throws: what sending it would throw.
    package init?(
        of batch: Batch, media: [ReadMedium], to recipients: [MSISDN], transactionID: String, at mmsc: MMSC
    ) throws(MM7Error) {
        let content = try BatchContent(batch, media: media, profile: mmsc.profile)
        guard let first = recipients.first,
            let encoded = try content.encoded(for: first, profile: mmsc.profile)
        else { return nil }
        // The mask replaces the secrets before anything is written, so none has to be searched for afterwards.
        var masked = mmsc
        masked.vaspID = mmsc.vaspID.map { _ in Self.mask }
        masked.vasID = mmsc.vasID.map { _ in Self.mask }
        masked.login = nil
        guard let real = content.request(for: recipients, at: mmsc),
            let shown = content.request(for: recipients, at: masked)
        else { return nil }
        let sent = try SubmitRequest(real, encoded, transactionID: transactionID, to: mmsc, in: content.trace).http
        let request = try SubmitRequest(shown, encoded, transactionID: transactionID, to: masked, in: content.trace)
            .http

        url = mmsc.url.firstIndex(of: "?").map { mmsc.url[..<$0] + "?" + Self.mask } ?? mmsc.url
        var headers = request.headers.map { Header(name: $0.name, value: $0.value) }
        if mmsc.login != nil {
            let scheme = mmsc.authentication == .digest ? "Digest " : "Basic "
            headers.append(Header(name: "Authorization", value: scheme + Self.mask))
        }
        headers.append(Header(name: "Content-Length", value: String(sent.body.reduce(0) { $0 + $1.count })))
        self.headers = headers
        var parts = WrittenPart.all(
            in: Array(request.body.joined())[...], contentType: request.headers.first(named: "Content-Type"))
        envelope = parts.isEmpty ? "" : String(decoding: parts.removeFirst().bytes, as: UTF8.self)
        self.parts = parts
    }

    /// An answer of the MMSC as it was kept, with our identification masked wherever the answer repeats it.
    ///
    /// - Parameter mmsc: nil where it is not configured any more.
    package static func masked(answer: String, of mmsc: MMSC?) -> String {
        var answer = mmsc.map { PeerWords.withoutSecrets(answer, of: $0) } ?? answer
        for name in ["VASPID", "VASID"] { answer = masked(element: name, in: answer) }
        return answer
    }

    /// The text with the mask in place of what stands between an element's tags, whatever its prefix.
    private static func masked(element name: String, in text: String) -> String {
        // What follows each start tag: its content, then the rest.
        let pieces = text.split(separator: name + ">", omittingEmptySubsequences: false)
        var result = String(pieces[0])
        for (before, piece) in zip(pieces, pieces.dropFirst()) {
            result += name + ">"
            let tag = before.lastIndex(of: "<").map { before[$0...] } ?? ""
            if tag.isEmpty || tag.hasPrefix("</") {
                result += piece
            } else {
                result += mask + (piece.firstIndex(of: "<").map { piece[$0...] } ?? "")
            }
        }
        return result
    }
}
