import Foundation
import GatewayCore
import Testing

@testable import ConversationAPI

@Suite("The seal of apps")
struct AppSealTests {
    private static let old = [UInt8](repeating: 1, count: 32)
    private static let new = [UInt8](repeating: 2, count: 40)
    private static let subject = AppSeal.Subject.app("a", project: "p")

    @Test("what is sealed has none of the text in it, and opens again")
    func opens() throws {
        let seal = AppSeal(Self.old)
        let sealed = try seal.seal("password of an MMSC: ü", of: Self.subject)

        #expect(!sealed.contains("password"))
        #expect(seal.open(sealed, of: Self.subject)?.text == "password of an MMSC: ü")
        #expect(try seal.seal("x", of: Self.subject) != seal.seal("x", of: Self.subject))
    }

    @Test(
        "it opens as nothing but what it was sealed as",
        arguments: [
            AppSeal.Subject.app("b", project: "p"), .app("a", project: "q"), .webhook("a", project: "p"),
        ])
    func bound(other: AppSeal.Subject) throws {
        let seal = AppSeal(Self.old)

        #expect(seal.open(try seal.seal("x", of: Self.subject), of: other) == nil)
    }

    @Test("after a change of keys the old one opens what it has sealed, and the new one seals")
    func changedKey() throws {
        let before = AppSeal(Self.old)
        let during = AppSeal(Self.new, others: [Self.old])
        let after = AppSeal(Self.new)

        let sealed = try before.seal("x", of: Self.subject)
        #expect(during.open(sealed, of: Self.subject).map { [$0.text, "\($0.isCurrent)"] } == ["x", "false"])
        #expect(after.open(sealed, of: Self.subject) == nil)

        let sealedAnew = try during.seal("x", of: Self.subject)
        #expect(after.open(sealedAnew, of: Self.subject).map { [$0.text, "\($0.isCurrent)"] } == ["x", "true"])
        #expect(before.open(sealedAnew, of: Self.subject) == nil)
    }

    @Test("what was cut or changed does not open")
    func cut() throws {
        let seal = AppSeal(Self.old)
        let sealed = try seal.seal("a text of some length", of: Self.subject)

        for length in 0..<sealed.count { #expect(seal.open(String(sealed.prefix(length)), of: Self.subject) == nil) }
        let middle = sealed.index(sealed.startIndex, offsetBy: sealed.count / 2)
        let letter = sealed[middle] == "A" ? "B" : "A"
        #expect(
            seal.open(sealed.replacingCharacters(in: middle...middle, with: letter), of: Self.subject) == nil)
        #expect(seal.open("plain", of: Self.subject) == nil)
    }
}
