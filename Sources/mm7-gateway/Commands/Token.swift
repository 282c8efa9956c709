import ArgumentParser
import GatewayCore

struct Token: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes a token or password, or the hash of one.",
        discussion: """
            A hash stands in the configuration in place of the secret itself, in api_tokens of a service plan and as the \
            password of one of operations.users; the secret goes to the customer. A secret that is read is its file's \
            first line.
            """)

    @Flag(help: "Prints the hash of the new token too, in a second line.")
    var hash = false

    @Option(
        help: ArgumentHelp(
            "Prints the hash of the secret that is in a file, and makes none; - is standard input.", valueName: "FILE"))
    var hashOf: String?

    func validate() throws {
        if hash, hashOf != nil { throw ValidationError("--hash is for a new token; --hash-of prints a hash anyway") }
    }

    func run() throws {
        guard let hashOf else {
            let token = Secret.random()
            print(token.reveal())
            if hash { print(SecretHash(of: token.reveal())) }
            return
        }
        let secret = try SecretInput.read(hashOf)
        print(SecretHash(of: secret.reveal()))
        // Once hashed, nobody sees it any more.
        if KnownSecret(secret).isShort {
            StandardError.print(
                "it has fewer than \(Secret.shortBelow) characters and can be guessed: make a longer one")
        }
    }
}
