import DescribedAPI
import Testing

/// A good request with one thing wrong.
struct Fault: Sendable, CustomTestStringConvertible {
    let member: String
    /// nil takes the member away.
    let value: JSON?
    let status: Int
    let code: String
    /// In the text for people.
    let says: String

    init(_ member: String, _ value: JSON?, _ status: Int, _ code: String, says: String) {
        self.member = member
        self.value = value
        self.status = status
        self.code = code
        self.says = says
    }

    var testDescription: String { "\(member), \(says)" }

    static let json = "syntax_invalid_json"
    static let format = "syntax_invalid_parameter_format"
    static let constraint = "syntax_constraint_violation"

    private static func text(_ count: Int) -> JSON { .string(String(repeating: "x", count: count)) }
    private static func body(_ member: String, _ value: JSON) -> JSON {
        ["url": "https://media.bakery.example/cake.jpg", member: value]
    }
    private static func values(_ values: JSON) -> JSON { ["name": values] }
    private static func keys(_ count: Int) -> JSON {
        .object(Dictionary(uniqueKeysWithValues: (0..<count).map { ("k\($0)", JSON.object(["default": "x"])) }))
    }
    private static func strangers(_ count: Int) -> JSON {
        .object(Dictionary(uniqueKeysWithValues: (0..<count).map { ("\(12_025_561_000 + $0)", JSON.string("x")) }))
    }

    static let all: [Fault] = [
        Fault("to", nil, 400, constraint, says: "'to': must be present"),
        Fault("to", [], 400, constraint, says: "'to': size must be between 1 and 1000, and is 0"),
        Fault(
            "to", .array((0...1000).map { .string("\(12_025_561_000 + $0)") }), 400, constraint,
            says: "between 1 and 1000, and is 1001"),
        Fault("to", ["12ab"], 400, format, says: "'to': '12ab' is not a number or group id"),
        Fault("to", [""], 400, format, says: "'to': '' is not a number or group id"),
        Fault("to", ["\u{202A}+12025550141\u{202C}"], 400, format, says: "it has U+202A in it"),
        Fault("to", ["12025550\u{200B}141"], 400, format, says: "it has U+200B in it"),
        Fault(
            "to", [.string("x" + String(repeating: "\u{301}", count: 10_000))], 400, format, says: "…' is not a number"),
        Fault("to", ["123456"], 400, format, says: "'123456' is not a number"),
        Fault("to", ["1234567890123456"], 400, format, says: "is not a number or group id"),
        Fault("to", ["01kn6mz5g0bakery0000000001"], 400, format, says: "is not a number or group id"),
        Fault("to", .array([text(5000)]), 400, format, says: "xxx…' is not a number"),
        Fault("to", "12025550141", 400, json, says: "'to': must be an array"),
        Fault("to", [12_025_550_141], 400, json, says: "'to[0]': must be a string"),
        Fault("to", ["12025550141", nil], 400, json, says: "'to[1]': must be a string"),
        Fault("to", ["01KN6MZ5G0BAKERY0000000001"], 403, "unknown_group", says: "01KN6MZ5G0BAKERY0000000001"),
        Fault("from", "12345678901234567890", 400, format, says: "'from': must be a number"),
        Fault("from", "twelve chars", 400, format, says: "'from': must be a number"),
        Fault("from", "Grüße", 400, format, says: "'from': must be a number"),
        Fault("from", "123\u{A0}45", 400, format, says: "1 to 11 characters"),
        Fault("from", "\u{2066}12025550100", 400, format, says: "it has U+2066 in it"),
        Fault("from", "", 400, format, says: "'from': must be a number"),
        Fault("from", 12_025_550_100, 400, json, says: "'from': must be a string"),
        Fault("type", nil, 403, "unsupported_type", says: "is mt_text, and this gateway carries MMS only"),
        Fault("type", "mt_text", 403, "unsupported_type", says: "use mt_media"),
        Fault("type", "mt_binary", 403, "unsupported_type", says: "is mt_binary"),
        Fault("type", "mt_fax", 400, json, says: "'type': must be one of mt_text, mt_binary, mt_media"),
        Fault("type", 1, 400, json, says: "'type': must be a string"),
        Fault("delivery_report", "always", 400, json, says: "none, summary, full, per_recipient, per_recipient_final"),
        Fault("delivery_report", true, 400, json, says: "'delivery_report': must be a string"),
        Fault("send_at", "tomorrow", 400, format, says: "'send_at': must be a time"),
        Fault("send_at", "2026-02-29T00:00Z", 400, format, says: "'send_at': must be a time"),
        Fault("send_at", 1_775_122_200, 400, json, says: "'send_at': must be a string"),
        Fault("send_at", "2026-04-02T09:30:00.250Z ", 400, format, says: "'send_at'"),
        Fault("expire_at", "", 400, format, says: "'expire_at': must be a time"),
        Fault("expire_at", "2026-04-02T09:30:00.250Z", 400, constraint, says: "'expire_at': must be in the future"),
        Fault("expire_at", "2026-04-05T09:30:00.251Z", 400, constraint, says: "at most 3 days"),
        Fault("callback_url", "", 400, constraint, says: "'callback_url': must not be empty"),
        Fault("callback_url", "hooks.example", 400, format, says: "'callback_url': must be an http or https URL"),
        Fault("callback_url", "ftp://hooks.example/x", 400, format, says: "http or https"),
        Fault("callback_url", "https://", 400, format, says: "http or https"),
        Fault("callback_url", "https:///path", 400, format, says: "http or https"),
        Fault("callback_url", "https://a b.example/", 400, format, says: "http or https"),
        Fault("callback_url", "https://a.example/x\ny", 400, format, says: "http or https"),
        Fault("callback_url", "https://a.example:70000/", 400, format, says: "http or https"),
        Fault("callback_url", "https://a|b.example/", 400, format, says: "no name that can be looked up"),
        Fault("callback_url", "https://\u{FB01}sh.example/", 400, format, says: "cannot be written in ASCII"),
        Fault(
            "callback_url", .string("https://h.example/" + String(repeating: "p", count: 2031)), 400, constraint,
            says: "'callback_url': has 2049 characters, the limit is 2048"),
        Fault("client_reference", text(2049), 400, constraint, says: "has 2049 characters, the limit is 2048"),
        Fault("client_reference", 7, 400, json, says: "'client_reference': must be a string"),
        Fault("feedback_enabled", "true", 400, json, says: "'feedback_enabled': must be true or false"),
        Fault("strict_validation", 1, 400, json, says: "'strict_validation': must be true or false"),
        Fault("body", nil, 400, constraint, says: "'body': must be present for mt_media"),
        Fault("body", "Hello", 400, json, says: "'body': must be an object"),
        Fault("body", ["message": "text only"], 400, constraint, says: "'body.url': must be present for mt_media"),
        Fault("body", ["url": ""], 400, constraint, says: "'body.url': must not be empty"),
        Fault("body", ["url": 5], 400, json, says: "'body.url': must be a string"),
        Fault("body", ["url": "file:///etc/passwd"], 400, format, says: "'body.url': must be an http or https URL"),
        Fault(
            "body", body("subject", text(81)), 400, constraint,
            says: "'body.subject': has 81 characters, the limit is 80"),
        Fault("body", body("subject", "\u{7}"), 400, constraint, says: "'body.subject': must not have control"),
        Fault("body", body("subject", "\u{7F}"), 400, constraint, says: "'body.subject': must not have control"),
        Fault("body", body("subject", "a\u{9B}b"), 400, constraint, says: "'body.subject': must not have control"),
        Fault(
            "body", body("subject", .string(String(repeating: "🎂", count: 41))), 400, constraint,
            says: "has 82 characters"),
        Fault("body", body("message", text(2001)), 400, constraint, says: "'body.message': has 2001 characters"),
        Fault("parameters", ["name": "Ana"], 400, json, says: "'parameters.name': must be an object"),
        Fault("parameters", ["a b": ["default": "x"]], 400, constraint, says: "a key must be 1 to 16"),
        Fault("parameters", ["": ["default": "x"]], 400, constraint, says: "a key must be 1 to 16"),
        Fault("parameters", ["seventeen_letters": ["default": "x"]], 400, constraint, says: "a key must be 1 to 16"),
        Fault(
            "parameters", values(["default": text(1601)]), 400, constraint,
            says: "'parameters.name': has 1601 characters"),
        Fault("parameters", values(["12ab": "x"]), 400, format, says: "a recipient must be a number or 'default'"),
        Fault("parameters", values(["12025550141\u{200E}": "x"]), 400, format, says: "it has U+200E in it"),
        Fault("parameters", keys(101), 400, constraint, says: "must have at most 100 keys, and has 101"),
        Fault(
            "parameters", values(strangers(1001)), 400, constraint, says: "1000 values for numbers that are not in 'to'"
        ),
        Fault("parameters", values(["+12025550141": "a", "12025550141": "b"]), 400, constraint, says: "two values"),
        Fault("parameters", values(["default": 3]), 400, json, says: "'parameters.name.default': must be a string"),
    ]
}
