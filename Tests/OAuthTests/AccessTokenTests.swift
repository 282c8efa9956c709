import Foundation
import GatewayCore
import OAuth
import Testing

@Suite("Access tokens")
struct AccessTokenTests {
    private static let now = Date(milliseconds: 1_775_122_200_250)
    private static let key = Project.AccessKey(id: "key", secret: Secret("secret"))
    private static let project = Project(id: "project", accessKeys: [key])

    private func validity(
        _ text: String, for project: Project = Self.project, after wait: Duration = .zero
    ) -> AccessToken.Validity {
        AccessToken.validity(of: text, for: project, now: Self.now + wait)
    }

    @Test("a token is good for an hour and expired from then on")
    func life() {
        let token = AccessToken(for: Self.key, of: Self.project, now: Self.now).text

        #expect(validity(token) == .valid)
        #expect(validity(token, after: .seconds(3599)) == .valid)
        #expect(validity(token, after: .seconds(3600)) == .expired)
        #expect(validity(token, after: .seconds(1_000_000_000)) == .expired)
    }

    @Test("a token has its nonce from the source that is given")
    func givenNonce() {
        let token = AccessToken(for: Self.key, of: Self.project, now: Self.now, random: RandomSource { 35 }).text

        #expect(token.contains("~z~"))
    }

    @Test("no token is like another")
    func nonce() {
        let tokens = (0..<100).map { _ in AccessToken(for: Self.key, of: Self.project, now: Self.now).text }

        #expect(Set(tokens).count == 100)
    }

    @Test("a token has only what may stand in a header, and no blank")
    func characters() {
        let token = AccessToken(for: Self.key, of: Self.project, now: Self.now).text

        #expect(token.utf8.allSatisfy { (0x21...0x7E).contains($0) })
    }

    @Test("whatever is changed, it is worth nothing, and nobody is told that it expired")
    func forged() {
        let token = AccessToken(for: Self.key, of: Self.project, now: Self.now).text
        let pieces = token.split(separator: "~").map(String.init)

        for place in pieces.indices {
            var forged = pieces
            forged[place] += "0"
            #expect(validity(forged.joined(separator: "~"), after: .seconds(7200)) == .invalid)
        }
        for text in [
            "", "~", "~~~", "~~~~", "key", "key~1~2", "key~9999999999~n~", token + "~", "~" + token, token + token,
        ] {
            #expect(validity(text) == .invalid)
        }
    }

    @Test("it dies with its key, its secret and its project")
    func dies() {
        let token = AccessToken(for: Self.key, of: Self.project, now: Self.now).text
        let changed = Project.AccessKey(id: "key", secret: Secret("other"))

        #expect(validity(token, for: Project(id: "project", accessKeys: [])) == .invalid)
        #expect(validity(token, for: Project(id: "project", accessKeys: [changed])) == .invalid)
        #expect(validity(token, for: Project(id: "other", accessKeys: [Self.key])) == .invalid)
    }

    @Test(
        "a key may be called whatever its operator likes",
        arguments: ["a~b", "~", "a~1~2~3", "0b6c7d5e-1f2a-4b3c-8d9e-aabbccddeeff", "Käse"])
    func keyNames(id: String) {
        let key = Project.AccessKey(id: id, secret: Secret("secret"))
        let project = Project(id: "project", accessKeys: [Self.key, key])

        #expect(validity(AccessToken(for: key, of: project, now: Self.now).text, for: project) == .valid)
    }
}
