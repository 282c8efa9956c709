import GatewayCore
import Testing

@Suite("Secrets that are known by their hash")
struct KnownSecretTests {
    /// FIPS 180-2, B.1: the hash of "abc".
    private static let hash = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    @Test("the hash of a secret is its SHA-256, in the form that a configuration has")
    func form() throws {
        #expect(SecretHash(of: "abc").description == Self.hash)
        #expect(SecretHash(Self.hash) == SecretHash(of: "abc"))
        #expect(SecretHash(Self.hash.uppercased()) == SecretHash(of: "abc"))
    }

    @Test(
        "anything else is no hash",
        arguments: [
            "", "sha256:", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "sha256:" + hash,
            String(hash.dropLast()), hash + "0", String(hash.dropLast()) + "g", String(hash.dropLast()) + "é",
        ])
    func noHash(_ text: String) {
        #expect(SecretHash(text) == nil)
    }

    @Test("a plan takes the token of a hash, beside those that are there in plain text, and not the hash itself")
    func plan() throws {
        var plan = ServicePlan(id: "plan1", apiTokens: [Secret("plain")])
        plan.apiTokens.append(try #require(KnownSecret(configured: Self.hash)))

        #expect(plan.accepts(token: "abc"))
        #expect(plan.accepts(token: "plain"))
        #expect(!plan.accepts(token: "abd"))
        #expect(!plan.accepts(token: ""))
        #expect(!plan.accepts(token: Self.hash))
    }

    @Test("what begins as a hash is never taken for the secret itself", arguments: ["sha256:abc", "SHA256:abc"])
    func announced(_ text: String) {
        #expect(KnownSecret(configured: text) == nil)
    }

    @Test("a secret and its hash are one secret, whichever of both is known")
    func same() throws {
        let hashed = try #require(KnownSecret(configured: Self.hash))

        #expect(Set([hashed, KnownSecret(Secret("abc")), KnownSecret(Secret("abd"))]).count == 2)
        #expect(hashed.text == nil)
        #expect(!String(reflecting: KnownSecret(Secret("hunter2"))).contains("hunter2"))
    }

    @Test("a secret of fewer than 16 characters is short; a hash does not show it")
    func short() throws {
        #expect(KnownSecret(Secret("0123456789abcde")).isShort)
        #expect(!KnownSecret(Secret("0123456789abcdef")).isShort)
        #expect(try !#require(KnownSecret(configured: Self.hash)).isShort)
    }

    @Test("a new secret has 43 letters and digits, and is another each time")
    func random() {
        let secrets = Set((0..<100).map { _ in Secret.random().reveal() })

        #expect(secrets.count == 100)
        #expect(secrets.allSatisfy { $0.wholeMatch(of: /[A-Za-z0-9]{43}/) != nil })
    }
}
