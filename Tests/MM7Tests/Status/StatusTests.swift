import Testing

@testable import MM7

@Suite struct StatusTests {
    @Test(
        "codes of the specification have its dispositions",
        arguments: [
            (1000, Disposition.accepted), (1100, .partlyAccepted), (2001, .fixConfiguration), (2002, .permanent),
            (3000, .retry), (3001, .permanent), (3003, .split), (4000, .retryLimited), (4001, .fixConfiguration),
            (4005, .permanent), (4006, .retry), (4007, .fixConfiguration),
        ])
    func standard(code: Int, disposition: Disposition) {
        #expect(Profile.standard.disposition(of: StatusCode(rawValue: code)) == disposition)
    }

    @Test(
        "unknown codes go by their class, and those of no class by 3000",
        arguments: [
            (1999, Disposition.accepted), (2999, .permanent), (3777, .retry), (4321, .retryLimited), (6102, .retry),
            (0, .retry), (-1, .retry), (Int.max, .retry), (Int.min, .retry),
        ])
    func unknown(code: Int, disposition: Disposition) {
        #expect(Profile.standard.disposition(of: StatusCode(rawValue: code)) == disposition)
    }

    @Test(
        "Sinch codes mean what Sinch says",
        arguments: [
            (2000, Disposition.fixConfiguration), (2003, .permanent), (2503, .split), (2568, .fixConfiguration),
            (2569, .retry), (2999, .permanent), (3001, .permanent), (3003, .retryLimited), (3500, .retryLimited),
            (3510, .retry), (3520, .fixConfiguration), (3999, .retry), (4002, .permanent), (4007, .permanent),
        ])
    func sinch(code: Int, disposition: Disposition) {
        #expect(Profile.sinch.disposition(of: StatusCode(rawValue: code)) == disposition)
    }

    @Test("an operator's code can be given a disposition of its own")
    func override() {
        var profile = Profile.standard
        profile.dispositions[StatusCode(rawValue: 6102)] = .permanent

        #expect(profile.disposition(of: StatusCode(rawValue: 6102)) == .permanent)
    }

    @Test(
        "a status code that is no number counts as one of no class", arguments: ["abc", "99999999999999999999", "1e3"])
    func notANumber(text: String) throws {
        let xml = "<SubmitRsp><Status><StatusCode>\(text)</StatusCode></Status></SubmitRsp>"

        let message = try MessageReader().read(Array(xml.utf8), contentType: nil)

        #expect(message.envelope.status?.code == StatusCode(rawValue: 0))
        #expect(message.notes.contains("StatusCode is not a number"))
    }

    @Test("a code with words behind it is that code", arguments: ["1000 Success", "1000.0", "1000: ok"])
    func codeWithWords(text: String) throws {
        let xml = "<SubmitRsp><Status><StatusCode>\(text)</StatusCode></Status></SubmitRsp>"

        let message = try MessageReader().read(Array(xml.utf8), contentType: nil)

        #expect(message.envelope.status?.code == .success)
        #expect(message.notes.contains("StatusCode is not a number"))
    }

    @Test(
        "a fate is read by whole words and one vendor's numbers, never by a part",
        arguments: [
            ("Retrieved", MMStatus.retrieved), ("EXPIRED", .expired), ("unrecognized", .unrecognised),
            ("Unrecognised", .unrecognised), ("1", .retrieved), ("3", .rejected), ("5", .forwarded),
            ("not Retrieved", .other("not Retrieved")), ("6", .other("6")), ("", .other("")),
        ])
    func mmStatus(text: String, status: MMStatus) {
        #expect(MMStatus(text) == status)
    }

    @Test("profiles are found by name")
    func profiles() {
        for profile in Profile.known { #expect(Profile.named(profile.name) == profile) }
        #expect(Profile.named("none") == nil)
        #expect(Profile.sinch.version == "6.8.0")
    }
}
