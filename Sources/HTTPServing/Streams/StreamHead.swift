import NIOHPACK

/// The head of a request of HTTP/2, vetted as `RequestHead` vets those of HTTP/1.1, as far as the library behind does
/// not do so itself: it refuses capitals in names, fields of a connection, pseudo-fields that are unknown, come twice or
/// too late, and lengths that the body does not have. (RFC 9113, 8.2 and 8.3)
struct StreamHead: Equatable {
    private(set) var headers: HPACKHeaders
    private(set) var expectsContinue = false

    init(_ headers: HPACKHeaders) throws(RequestRefusal) {
        self.headers = headers
        var fields = 0
        var lengths = 0
        var hosts: [String] = []
        var authority: String?
        for (name, value, _) in headers {
            guard name.utf8.count + value.utf8.count < RequestHead.lineLimit else { throw .headTooLarge }
            guard value.utf8.allSatisfy({ $0 >= .space && $0 != 0x7F || $0 == UInt8(ascii: "\t") }) else {
                throw .controlCharacter
            }
            switch name {
            case ":method":
                if value == "CONNECT" { throw .tunnel }
                guard !value.isEmpty, value.utf8.allSatisfy(\.isTokenOctet) else { throw .badRequestLine }
            case ":path":
                guard value.utf8.first == .slash || value == "*", value.utf8.allSatisfy({ $0 > .space }) else {
                    throw .badRequestLine
                }
            case ":authority": authority = value
            case "host": hosts.append(value)
            case "expect": expectsContinue = value.lowercased() == "100-continue"
            case "content-length":
                lengths += 1
                guard lengths == 1, !value.isEmpty, value.utf8.count < 19, value.utf8.allSatisfy(\.isDigitOctet) else {
                    throw .unclearLength
                }
            default: break
            }
            if !name.hasPrefix(":") { fields += 1 }
        }
        guard fields <= RequestHead.fieldLimit else { throw .headTooLarge }
        try setAuthority(authority, hosts)
    }

    /// What stands in `Host` counts where the pseudo-field is missing; where both are there, they say the same.
    private mutating func setAuthority(_ authority: String?, _ hosts: [String]) throws(RequestRefusal) {
        guard hosts.count <= 1 else { throw .severalHosts }
        guard let name = authority ?? hosts.first, !name.isEmpty else { throw .noHost }
        guard name.utf8.allSatisfy(\.isHostOctet), hosts.first.map({ $0 == name }) ?? true else { throw .badHost }
        guard authority == nil else { return }
        var complete = HPACKHeaders([(":authority", name)])
        for (name, value, indexing) in headers { complete.add(name: name, value: value, indexing: indexing) }
        headers = complete
    }
}
