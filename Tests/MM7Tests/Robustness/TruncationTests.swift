import Testing

@testable import MM7

@Suite struct TruncationTests {
    static let handsetType = "multipart/related; Type=\"text/xml\"; Start=\"<soap>\"; Boundary=\"=outer\""

    @Test("a report cut off anywhere after its TransactionID is refused with it")
    func report() throws {
        let bytes = try Fixture.bytes("report-standard.xml")
        let known = try end(of: "</m:TransactionID>", in: bytes)
        let whole = try end(of: "</soap:Envelope>", in: bytes)

        for length in bytes.indices {
            let outcome = Outcome(Array(bytes[..<length]), "text/xml")

            #expect((outcome.message != nil) == (length >= whole), "cut to \(length)")
            if length >= known { #expect(outcome.transactionID == "r-1", "cut to \(length)") }
        }
    }

    @Test("a message from a handset cut off anywhere after its TransactionID keeps it")
    func handset() throws {
        let bytes = try Fixture.bytes("deliver-handset.mime")
        let known = try end(of: "</p:TransactionID>", in: bytes)

        for length in bytes.indices {
            let outcome = Outcome(Array(bytes[..<length]), Self.handsetType)

            if length >= known { #expect(outcome.transactionID == "mo-1", "cut to \(length)") }
        }
    }

    @Test("a message with media cut off anywhere after its envelope is read or refused with its TransactionID")
    func media() throws {
        var random = SplitMix64(seed: 1)
        var profile = Profile.standard
        profile.transferEncoding = .binary
        let parts = [
            OutgoingPart(contentType: "image/jpeg", bytes: Array("\r\n--x\r\n\r\n".utf8)[...]),
            OutgoingPart(contentType: "text/plain", bytes: Array("text".utf8)[...]),
        ]
        let content = try EncodedContent(parts, profile: profile, using: &random)
        let written = try MessageWriter(profile: profile)
            .write(DeliverReq(sender: .msisdn("15550100")), transactionID: "t-1", content: content)
        let known = try end(of: "</env:Envelope>", in: written.bytes)

        for length in known..<written.byteCount {
            let outcome = Outcome(Array(written.bytes[..<length]), written.contentType)

            #expect(outcome.transactionID == "t-1", "cut to \(length)")
            if let message = outcome.message {
                // What is left of the media is its beginning.
                for (part, sent) in zip(message.content.filter { !$0.isPresentation }, parts) {
                    let isBeginning = sent.bytes.starts(with: part.bytes) || part.bytes.starts(with: sent.bytes)
                    #expect(isBeginning, "cut to \(length)")
                }
            }
        }
    }

    private func end(of tag: String, in bytes: [UInt8]) throws -> Int {
        let start = bytes.indices.first { bytes[$0...].starts(with: tag.utf8) }
        return try #require(start) + tag.utf8.count
    }
}
