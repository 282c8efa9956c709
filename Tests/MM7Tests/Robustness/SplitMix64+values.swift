import Foundation

@testable import MM7

/// Values of MM7 messages, with what is hard about each of them.
extension SplitMix64 {
    /// Text with mark-up, blanks and characters of every width; none of them white space at the ends, for readers
    /// leave that out.
    mutating func text(_ length: ClosedRange<Int> = 1...20) -> String {
        let solid = ["a", "Z", "0", "é", "猫", "😀", "e\u{301}", "&", "<", ">", "\"", "'", "]]>", "&amp;", "<!--", "%41"]
        let blank = [" ", "\u{A0}", "\u{200D}", "=?", "?="]
        let pieces = list(length) { generator in
            generator.one(of: generator.number(0...4) == 0 ? blank : solid)
        }
        return one(of: solid) + pieces.joined() + one(of: solid)
    }

    mutating func token() -> String { String(list(1...12) { $0.one(of: Array("abcXYZ0189-._@")) }) }

    mutating func digits(_ count: ClosedRange<Int>) -> String {
        String(list(count) { $0.one(of: Array("0123456789")) })
    }

    mutating func address(isDisplayOnly: Bool = false) -> Address {
        var address =
            switch number(0...3) {
            case 0: Address(.shortCode, one(of: [digits(3...6), token()]))
            case 1: Address(.rfc2822, text(0...5) + "@" + token())
            case 2: Address(.number, "+" + digits(4...15) + one(of: ["", "/TYPE=PLMN"]))
            default: Address(.number, one(of: ["1", "49", "86"]) + digits(3...12))
            }
        if number(0...5) == 0 {
            address = Address(.number, text(1...8), coding: one(of: [.encrypted, .obfuscated]))
        }
        address.id = maybe { $0.token() }
        address.isDisplayOnly = isDisplayOnly
        return address
    }

    mutating func sender() -> SenderIdentification {
        SenderIdentification(
            vaspID: maybe { $0.text() }, vasID: maybe { $0.text() }, address: maybe { $0.address() })
    }

    /// At least one of them gets a copy.
    mutating func recipients() -> Recipients {
        func some(_ generator: inout SplitMix64) -> [Address] {
            generator.list(0...2) { $0.address(isDisplayOnly: $0.flag()) }
        }
        return Recipients(to: [address()] + some(&self), cc: some(&self), bcc: some(&self))
    }

    /// Between 1970 and 2100, with milliseconds.
    mutating func date() -> Date { Date(timeIntervalSince1970: Double(number(0...4_102_444_800_000)) / 1000) }

    mutating func time() -> RelativeOrAbsoluteDate {
        flag() ? .absolute(date()) : .relative(seconds: one(of: [0, 59, 3600, 86_400, number(0...100_000_000)]))
    }

    mutating func status() -> ResponseStatus {
        ResponseStatus(
            StatusCode(rawValue: one(of: [1000, 1100, 2002, 4006, number(1000...9999)])),
            text: maybe { $0.text() },
            details: maybe { $0.text(0...100) }
        )
    }

    mutating func uaCapabilities() -> UACapabilities {
        UACapabilities(uaProf: maybe { "http://ua.example/?" + $0.text() }, timeStamp: maybe { $0.time() })
    }

    mutating func content() -> ContentReference {
        ContentReference(href: "cid:" + text(), allowAdaptations: maybe { $0.flag() })
    }

    /// A profile with every form chosen anew; it takes as many recipients as there are, and every operation.
    mutating func profile(_ known: Profile) -> Profile {
        var profile = known
        profile.namespaceStyle = one(of: Profile.NamespaceStyle.allCases)
        profile.transferEncoding = one(of: [.binary, .base64])
        profile.presentation = one(of: [.smil, .none])
        profile.mediaReference = one(of: [.contentID, .name])
        profile.addressForm = one(of: [.plain, .plus, .typePLMN])
        profile.subjectForm = one(of: [.plain, .encodedWords])
        profile.expiryForm = one(of: [.absolute, .asGiven])
        profile.hasPlainSender = number(0...4) == 0
        profile.recipientsPerRequest = 20
        profile.operations = .all
        return profile
    }

    /// Octets of a medium, rich in what separates parts.
    mutating func media() -> ArraySlice<UInt8> {
        let marks = [
            "\r\n", "\n", "\r", "--", "\r\n--", "\r\n--mm7_=_", "\r\n--mms_=_0", "\r\n\r\n", "=", "\0", "\u{FEFF}",
        ]
        var octets: [UInt8] = []
        for _ in 0..<number(0...12) {
            if flag() {
                octets += one(of: marks).utf8
            } else {
                octets += list(0...one(of: [3, 80, 500])) { UInt8(truncatingIfNeeded: $0.next()) }
            }
        }
        return octets[...]
    }

    mutating func outgoingPart() -> OutgoingPart {
        let types = [
            "image/jpeg", "image/gif; x=y", "text/plain", "text/plain; charset=us-ascii", "video/3gpp", "text/x-vCard",
            "application/octet-stream", "audio/amr",
        ]
        return OutgoingPart(contentType: one(of: types), name: maybe { $0.text() + ".jpg" }, bytes: media())
    }
}
