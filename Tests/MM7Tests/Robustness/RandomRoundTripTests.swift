import Testing

@testable import MM7

/// A failure names its seed: `SplitMix64(seed:)` makes the same message again.
@Suite struct RandomRoundTripTests {
    @Test(
        "any envelope is read back as it was written, but for what its profile leaves out",
        arguments: RandomOperation.all)
    func envelopes(operation: RandomOperation) throws {
        for seed in UInt64(0)..<150 {
            var random = SplitMix64(seed: seed)
            let profile = random.profile(random.one(of: Profile.known))
            let envelope = operation.envelope(&random)

            let written = try MessageWriter(profile: profile).write(envelope)
            let message = try MessageReader().read(written.bytes, contentType: written.contentType)

            #expect(message.envelope == envelope.readBack(from: profile), "seed \(seed)")
            #expect(message.notes.isEmpty, "seed \(seed)")
        }
    }

    @Test("any content comes through every profile octet for octet", arguments: Profile.known)
    func content(known: Profile) throws {
        for seed in UInt64(1000)..<1100 {
            var random = SplitMix64(seed: seed)
            let profile = random.profile(known)
            let parts = random.list(1...6) { $0.outgoingPart() }
            let content = try EncodedContent(parts, profile: profile, using: &random)
            let request = SubmitReq(sender: SenderIdentification(), recipients: random.recipients())

            let written = try MessageWriter(profile: profile).write(request, transactionID: "t", content: content)
            let bytes = written.bytes
            let message = try MessageReader().read(bytes, contentType: written.contentType)

            let media = message.content.filter { !$0.isPresentation }
            #expect(bytes.count == written.byteCount, "seed \(seed)")
            #expect(media.map(\.bytes) == parts.map(\.bytes), "seed \(seed)")
            #expect(media.map(\.contentID) == content.names, "seed \(seed)")
            #expect(media.map(\.contentLocation) == content.names, "seed \(seed)")
            let types = parts.map { ContentType($0.contentType)?.essence }
            #expect(media.map(\.contentType.essence) == types, "seed \(seed)")
            #expect(message.content.count - media.count == (profile.presentation == .smil ? 1 : 0), "seed \(seed)")
            #expect(message.notes.isEmpty, "seed \(seed)")
        }
    }

    @Test("the answer to any request is read as it was written", arguments: RandomOperation.all)
    func answers(operation: RandomOperation) throws {
        for seed in UInt64(2000)..<2050 {
            var random = SplitMix64(seed: seed)
            let profile = random.profile(random.one(of: Profile.known))
            let answer = operation.envelope(&random).answer(random.status(), side: .vasp)

            let written = try MessageWriter(profile: profile).write(answer)
            let message = try MessageReader().read(written.bytes, contentType: written.contentType)

            #expect(message.envelope == answer.readBack(from: profile), "seed \(seed)")
        }
    }

    @Test("every setting of a profile is varied, but for those that say nothing of how a message is written")
    func settings() {
        var random = SplitMix64(seed: 0)
        var written: [String: Set<String>] = [:]
        for _ in 0..<100 {
            for case (let name?, let value) in Mirror(reflecting: random.profile(.standard)).children {
                written[name, default: []].insert(String(reflecting: value))
            }
        }

        // The known profiles differ in the schema and its elements. A request takes all recipients, and any operation.
        let fixed: Set = [
            "name", "namespace", "version", "elements", "recipientsPerRequest", "operations", "soapAction",
            "dispositions", "reasons", "answersMustMatch", "carrierHeader",
        ]
        #expect(Set(written.filter { $0.value.count == 1 }.keys) == fixed)
    }
}
