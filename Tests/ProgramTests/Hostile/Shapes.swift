/// Requests of hostile shapes.
enum Shapes {
    private static let smuggled = "GET /openapi/sms.yaml HTTP/1.1\r\nHost: a\r\n\r\n"

    /// Each with a name. Whoever reads one of them otherwise than the gateway does sees a second request in it.
    /// (RFC 9112, 3 to 7 and 11.2)
    static let framing: [(shape: String, text: String)] = [
        ("a length and chunks", get("Content-Length: 4", "Transfer-Encoding: chunked") + "0\r\n\r\n" + smuggled),
        ("chunks and a length", get("Transfer-Encoding: chunked", "Content-Length: 4") + "0\r\n\r\n" + smuggled),
        ("two lengths that differ", get("Content-Length: 0", "Content-Length: 37") + smuggled),
        ("a list of lengths", get("Content-Length: 0, 37") + smuggled),
        ("a length with a sign", get("Content-Length: +0") + smuggled),
        ("a negative length", get("Content-Length: -1") + smuggled),
        ("a length in hexadecimal", get("Content-Length: 0x10") + smuggled),
        ("a length beyond 64 bits", get("Content-Length: 18446744073709551616") + smuggled),
        ("an empty length", get("Content-Length: ") + smuggled),
        ("a coding that nobody knows", get("Transfer-Encoding: xchunked") + "0\r\n\r\n" + smuggled),
        ("chunked that is not the last", get("Transfer-Encoding: chunked, identity") + "0\r\n\r\n" + smuggled),
        ("chunked with a control", get("Transfer-Encoding: \u{B}chunked") + "0\r\n\r\n" + smuggled),
        ("a blank before the colon", get("Content-Length : 4") + "abcd" + smuggled),
        ("a field without a name", get(": a") + smuggled),
        ("a field without a colon", get("Content-Length 4") + smuggled),
        ("a NUL in a field", get("X-More: a\0b", "Content-Length: 0") + smuggled),
        ("a CR alone in a field", get("X-More: a\rContent-Length: 37") + smuggled),
        ("no Host", "GET /openapi/sms.yaml HTTP/1.1\r\nContent-Length: 0\r\n\r\n" + smuggled),
        ("two Hosts", get("Host: b", "Content-Length: 0") + smuggled),
        ("a version of the future", "GET /openapi/sms.yaml HTTP/3.7\r\nHost: a\r\n\r\n" + smuggled),
        ("a version with blanks", "GET /openapi/sms.yaml HTTP/1.1 x\r\nHost: a\r\n\r\n" + smuggled),
        ("a blank before the method", " GET /openapi/sms.yaml HTTP/1.1\r\nHost: a\r\n\r\n" + smuggled),
        ("a field of 100 kB", get("X-More: \(String(repeating: "a", count: 100_000))") + smuggled),
        ("a thousand fields", get((0..<1000).map { "X-\($0): a" }.joined(separator: "\r\n")) + smuggled),
        ("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        ("a TLS greeting", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{3}\u{3}\r\n\r\n"),
    ]

    /// Bodies in chunks that are none. The head is well, so that its answer may be out before the body is looked at.
    static let chunking: [(shape: String, text: String)] = [
        ("a chunk beyond 64 bits", get("Transfer-Encoding: chunked") + "fffffffffffffffff\r\n" + smuggled),
        ("a chunk with a sign", get("Transfer-Encoding: chunked") + "-1\r\n" + smuggled),
        (
            "a chunk that is longer than it says",
            get("Transfer-Encoding: chunked") + "1\r\nabc\r\n0\r\n\r\n" + smuggled
        ),
    ]

    private static func get(_ fields: String...) -> String {
        (["GET /openapi/sms.yaml HTTP/1.1", "Host: a"] + fields).joined(separator: "\r\n") + "\r\n\r\n"
    }

    static let paths = [
        "GET /../../etc/passwd", "GET /%2e%2e/%2e%2e/etc/passwd", "GET /media/../../etc/passwd",
        "GET /media/..%2f..%2fgateway.sqlite", "GET //xms/v1/plan1/batches/../../plan2/batches",
        "GET /xms/v1/plan1%2fbatches", "GET /xms/v1/plan2/batches", "GET /xms/v1/plan1/../plan2/batches",
        "GET /xms/v1/plan1/batches/%00", "GET /xms/v1/plan1/batches/\(String(repeating: "A", count: 4000))",
        "GET /xms/v1//batches", "GET /xms/v1/plan1/batches/..", "GET /metrics", "GET /readyz", "GET *",
        "GET http://127.0.0.1/metrics", "GET /openapi/../metrics", "GET /openapi/%73ms.yaml%00.html",
        "GET /mm7/north",
    ]

    static let methods = [
        "TRACE /xms/v1/plan1/batches", "CONNECT 127.0.0.1:80", "OPTIONS *", "PROPFIND /xms/v1/plan1/batches",
        "get /xms/v1/plan1/batches", "DELETE /xms/v1/plan1/batches", "PATCH /xms/v1/plan1/batches/1",
    ]

    /// What is sent for the token of plan1 by somebody who has none, or that of another plan.
    static let authorizations = [
        "", "Bearer", "Bearer ", "Bearer token-of-plan2", "Bearer token-of-plan", "Bearer token-of-plan1x",
        "Bearer token-of-plan1 token-of-plan2", "bearer\ttoken-of-plan1\u{301}", "Basic token-of-plan1",
        "Bearer TOKEN-OF-PLAN1", "Bearer token-of-plan1%00", "Bearer ${PLAN1_TOKEN}",
        "Bearer \(String(repeating: "a", count: 7000))", "Basic \(String(repeating: "=", count: 100))",
    ]

    /// Spellings of loopback and of what else a customer has no business with.
    static let loopbackHosts = [
        "127.0.0.1", "localhost", "LOCALHOST", "localhost.", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1",
        "017700000001", "0177.0.0.1", "0", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[::127.0.0.1]", "127.0.0.1.", "127。0。0。1", "①②⑦.0.0.1",
        "a@127.0.0.1", "a:b@127.0.0.1", "127.0.0.1#@example.net", "example.net@127.0.0.1", "127.0.0.1\\@example.net",
        "127.255.255.254", "%31%32%37.0.0.1", "ｌｏｃａｌｈｏｓｔ", "localhost\u{200B}", "169.254.169.254", "[fe80::1]",
    ]
}
