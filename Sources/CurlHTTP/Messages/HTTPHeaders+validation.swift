extension HTTPHeaders {
    /// Why a field cannot be sent with a request, or nil where it can. Code that lets people name fields uses the same
    /// check.
    package static func fault(inField name: String, _ value: String) -> String? {
        guard isToken(name) else { return "a header's name is not a token" }
        // A tab is allowed within a value. (RFC 9110, 5.5)
        guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") }) else {
            return "header \(name) has a control character"
        }
        guard !own.contains(where: { isSame($0, name) }) else { return "header \(name) is the client's own" }
        guard name.utf8.count + value.utf8.count <= longestField else {
            return "header \(name) is longer than \(longestField) bytes"
        }
        return nil
    }

    /// The fields about the end of the body and about the connection, which only the client sets: contradicting values
    /// would allow a smuggled request. Fields about the connection are errors in HTTP/2. (RFC 9113, 8.2.2)
    private static let own = [
        "Connection", "Content-Length", "Expect", "Host", "HTTP2-Settings", "Keep-Alive", "Proxy-Connection", "TE",
        "Trailer", "Transfer-Encoding", "Upgrade",
    ]

    /// The longest field: many servers take at most 8 KiB in one line.
    private static let longestField = 8000

    /// Whether the value is empty once blanks around it, which are not part of it, are dropped. (RFC 9110, 5.5)
    static func isBlank(_ value: String) -> Bool {
        value.utf8.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }

    /// The `token` of RFC 9110, 5.6.2.
    static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}

extension BasicCredentials {
    /// Why the credentials cannot be sent, or nil where they can.
    package var fault: String? {
        guard username.isFreeOfControls, password.isFreeOfControls else {
            return "the credentials have a control character"
        }
        // A user name would end at a colon. (RFC 7617, 2)
        guard !username.utf8.contains(UInt8(ascii: ":")) else { return "the user name has a colon" }
        guard username.utf8.count + password.utf8.count <= Self.longest else {
            return "the credentials are longer than \(Self.longest) bytes"
        }
        return nil
    }

    /// Base64 makes 5,334 of them, which fits into the line of a header.
    private static let longest = 4000
}

extension String {
    var isFreeOfControls: Bool {
        utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}
