import Foundation
import Testing

@testable import HTTPServing

private func encoded(_ login: String) -> String { Data(login.utf8).base64EncodedString() }

@Suite("The Authorization header")
struct AuthorizationTests {
    /// Both values with a mark between them, or why there are none.
    private func read(_ header: String?) -> String {
        switch Authorization(header) {
        case .basic(let username, let password): "\(username)|\(password)"
        case .bearer(let token): "token \(token)"
        case .unusable: "unusable"
        }
    }

    @Test(
        "Basic has a name and behind the first colon a password, either of which may be empty",
        arguments: [
            ("north:secret", "north|secret"), ("north:pass:word", "north|pass:word"), (":", "|"), ("north:", "north|"),
            (":secret", "|secret"), ("Käse:☃", "Käse|☃"),
        ])
    func basic(login: String, read: String) {
        #expect(self.read("Basic \(encoded(login))") == read)
    }

    @Test(
        "the word of the scheme counts in any case, and blanks around the credentials do not count",
        arguments: [
            ("Bearer abc", "token abc"), ("bEARER   abc", "token abc"), ("Bearer abc ", "token abc"),
            ("bAsIc \(encoded("a:b"))", "a|b"), ("BASIC   \(encoded("a:b"))", "a|b"),
        ])
    func scheme(header: String, read: String) {
        #expect(self.read(header) == read)
    }

    @Test(
        "what has no credentials, credentials of no meaning or another scheme is unusable",
        arguments: [
            nil, "", " ", "Basic", "Basic ", "Basic !!!", "Basic \(encoded("north"))", "Basic \(encoded("a:b")) x",
            encoded("a:b"), "Bearer", "Bearer ", "Bearer a b", "Digest username=\"a\"", "Basic:\(encoded("a:b"))",
            "Bearerabc", "Baſic \(encoded("a:b"))",
        ])
    func unusable(header: String?) {
        #expect(read(header) == "unusable")
    }

    @Test(
        "neither a description nor a dump shows what is in it",
        arguments: ["Basic \(encoded("a:hush"))", "Bearer hush"])
    func secrecy(header: String) {
        let authorization = Authorization(header)
        var dumped = ""
        dump(authorization, to: &dumped)

        for text in ["\(authorization)", String(reflecting: authorization), dumped] { #expect(!text.contains("hush")) }
    }
}
