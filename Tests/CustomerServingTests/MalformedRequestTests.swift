import GatewayCore
import Testing

@testable import CustomerServing

@Suite("What is wrong with a request, in words")
struct MalformedRequestTests {
    private struct Order: Decodable {
        var to: [String]
        var body: Body
        var size: Size?

        struct Body: Decodable {
            var url: String
            var isUrgent: Bool?
        }

        enum Size: String, CaseIterable {
            case small, large
        }

        enum CodingKeys: String, CodingKey {
            case to, body, size
        }

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            to = try members.decode([String].self, forKey: .to)
            body = try members.decode(Body.self, forKey: .body)
            size = try members.decodeWord(forKey: .size)
        }
    }

    private func fault(_ body: String) -> MalformedRequest? {
        do {
            _ = try MalformedRequest.decode(Order.self, from: Array(body.utf8))
            return nil
        } catch {
            return error as? MalformedRequest
        }
    }

    @Test(
        "the member is named by its path",
        arguments: [
            (#"{"to": "x"}"#, MalformedRequest.invalidJSON(at: "to", "must be an array")),
            (#"{"to": ["a", 7]}"#, .invalidJSON(at: "to[1]", "must be a string")),
            (#"{"to": []}"#, .violation(at: "body", "must be present")),
            (#"{"to": [], "body": 1}"#, .invalidJSON(at: "body", "must be an object")),
            (#"{"to": [], "body": {}}"#, .violation(at: "body.url", "must be present")),
            (
                #"{"to": [], "body": {"url": "", "isUrgent": 1}}"#,
                .invalidJSON(at: "body.isUrgent", "must be true or false")
            ),
            (
                #"{"to": [], "body": {"url": ""}, "size": "XL"}"#,
                .invalidJSON(at: "size", "must be one of small, large")
            ),
            ("[]", .invalidJSON("The request body: must be an object")),
        ])
    func members(body: String, fault: MalformedRequest) {
        #expect(self.fault(body) == fault)
    }

    @Test("what is no JSON is answered with its path, and what is too much of it is a violation")
    func syntax() {
        let many = "{" + (0...1000).map { #""m\#($0)":1"# }.joined(separator: ",") + "}"

        #expect(fault("{")?.kind == .invalidJSON)
        #expect(fault("{,}")?.text.contains(", at octet 1") == true)
        #expect(fault(many)?.kind == .violation)
    }

    @Test("the text names the member in quotes, or nothing")
    func text() {
        #expect(MalformedRequest.violation(at: "to", "must be present").text == "'to': must be present")
        #expect(MalformedRequest.invalidJSON("The body is empty").text == "The body is empty")
    }

    @Test("a good body is read")
    func good() {
        #expect(fault(#"{"to": ["a"], "body": {"url": "x"}, "size": "small"}"#) == nil)
    }

    @Test("texts: the limit is counted in UTF-16 units")
    func length() {
        #expect(throws: Never.self) { try "🎂".checkLength(of: "subject", limit: 2) }
        #expect(throws: MalformedRequest.violation(at: "subject", "has 2 characters, the limit is 1")) {
            try "🎂".checkLength(of: "subject", limit: 1)
        }
    }

    @Test("texts: line ends and tabs of a line are one blank; other control characters are refused")
    func lines() throws {
        #expect(try "Hi\r\nyou\t\u{2028}there".checkedLine(of: "subject") == "Hi you there")
        for text in ["\u{7}", "a\u{9B}", "\u{FFFE}"] {
            #expect(throws: MalformedRequest.violation(at: "subject", "must not have control characters")) {
                try text.checkedLine(of: "subject")
            }
        }
        #expect(throws: Never.self) { try "a\r\n\tb\u{7F}".checkControls(of: "message") }
        #expect(throws: MalformedRequest.violation(at: "message", "must not have control characters")) {
            try "\u{0}".checkControls(of: "message")
        }
    }

    @Test("URLs are http or https, not empty and not too long")
    func addresses() throws {
        #expect(try WebAddress("https://a.example/x?y", member: "url").text == "https://a.example/x?y")
        for (text, kind) in [
            ("", MalformedRequest.Kind.violation), (String(repeating: "x", count: 2049), .violation),
            ("ftp://a.example/", .badFormat), ("a.example", .badFormat), ("https://", .badFormat),
        ] {
            #expect {
                try WebAddress(text, member: "url")
            } throws: { error in
                (error as? MalformedRequest)?.kind == kind && (error as? MalformedRequest)?.member == "url"
            }
        }
    }
}
