import ConfigurationReading
import CurlHTTP
import GatewayCore
import IPRanges
import MM7

extension ValueFormat<String> {
    /// Any text that is not empty.
    static var text: ValueFormat {
        ValueFormat("a string that is not empty") {
            $0.isEmpty ? nil : $0
        } show: {
            $0
        }
    }

    /// A text that is not empty.
    ///
    /// - Parameter length: in characters, as UTF-16 counts them.
    static func text(upTo length: Int) -> ValueFormat {
        ValueFormat("a string of 1 to \(length) characters") {
            (1...length).contains($0.utf16.count) ? $0 : nil
        } show: {
            $0
        }
    }

    /// A name that can stand in a path and in a metric.
    static var name: ValueFormat {
        ValueFormat("1 to 64 letters, digits, dots, dashes and underscores") { text in
            let fits = (1...64).contains(text.utf8.count) && text != "." && text != ".."
            return fits && text.utf8.allSatisfy { $0.isDigit || $0.isLetter || ".-_".utf8.contains($0) } ? text : nil
        } show: {
            $0
        }
    }

    /// The name of a header that a webhook call may carry beside its own.
    static var headerName: ValueFormat {
        ValueFormat("the name of a header other than those of the call itself") { text in
            let own = [
                "content-type", "content-encoding", "authorization", "x-request-id", "traceparent", "tracestate",
            ]
            let isOwn = own.contains(text.lowercased()) || text.lowercased().hasPrefix("x-sinch-webhook-signature")
            return text.utf8.count <= 64 && !isOwn && HTTPHeaders.fault(inField: text, "") == nil ? text : nil
        } show: {
            $0
        }
    }

    /// The name of a header that a request to a collector may carry beside its own.
    static var collectorHeaderName: ValueFormat {
        ValueFormat("the name of a header other than Content-Type and Content-Encoding") { text in
            let isOwn = ["content-type", "content-encoding"].contains(text.lowercased())
            return text.utf8.count <= 64 && !isOwn && HTTPHeaders.fault(inField: text, "") == nil ? text : nil
        } show: {
            $0
        }
    }

    /// A URL, in the form in which it is called; what follows `?` or `=` is often a key, so it is not shown.
    static func webURL(upTo length: Int = 2048) -> ValueFormat {
        ValueFormat("an http or https URL of at most \(length) characters, without user, password and fragment") {
            text in
            guard let url = webURL(text), url.text.utf8.count <= length else { return nil }
            return url.text
        } show: { url in
            url.firstIndex { $0 == "?" || $0 == "=" }.map { url[...$0] + Secret("").description } ?? url
        }
    }

    /// A URL that paths are appended to; read without the slash at its end.
    static var baseURL: ValueFormat {
        ValueFormat("an http or https URL without user, password, query and fragment") { text in
            guard let url = webURL(text), !url.hasQuery else { return nil }
            return url.text.hasSuffix("/") ? String(url.text.dropLast()) : url.text
        } show: {
            $0
        }
    }

    /// A subscriber's number or a short code, in digits as the store compares it.
    static var number: ValueFormat {
        ValueFormat("a number or short code in digits") { text in
            Originator(text).map(\.text).flatMap { $0.utf8.allSatisfy(\.isDigit) ? $0 : nil }
        } show: {
            $0
        }
    }

    /// The leading digits of numbers; none stands for all numbers.
    static var prefix: ValueFormat {
        ValueFormat("the leading digits of a number without \"+\" or \"00\", at most 15, or \"\" for all") { text in
            text.utf8.count <= 15 && text.utf8.allSatisfy(\.isDigit) && !text.hasPrefix("0") ? text : nil
        } show: {
            $0
        }
    }

    /// An MM7Version. (TS 23.140, annex L)
    static var schemaVersion: ValueFormat {
        ValueFormat("three numbers with dots between, such as \"6.8.0\"") { text in
            let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
            let fits = numbers.count == 3 && numbers.allSatisfy { (1...3).contains($0.utf8.count) }
            return fits && numbers.allSatisfy { $0.utf8.allSatisfy(\.isDigit) } ? text : nil
        } show: {
            $0
        }
    }

    /// A URL by the rule of the client that calls it. An operator's URL has no user: there are keys for that.
    private static func webURL(_ text: String) -> WebURL? {
        guard let url = try? WebURL(text), !url.hasUser, !url.hasFragment else { return nil }
        return url
    }
}

extension ValueFormat<Secret> {
    static var secret: ValueFormat {
        ValueFormat("a string that is not empty") {
            $0.isEmpty ? nil : Secret($0)
        } show: {
            $0.description
        }
    }

    /// A key so long that nobody can guess it.
    static var longKey: ValueFormat {
        ValueFormat("a string of 32 to 1024 characters, such as `openssl rand -hex 32` prints") {
            (32...1024).contains($0.utf8.count) ? Secret($0) : nil
        } show: {
            $0.description
        }
    }
}

extension ValueFormat<KnownSecret> {
    /// A secret that others bring along, or its hash.
    static var knownSecret: ValueFormat {
        ValueFormat(
            "a string that is not empty, or \"sha256:\" and the 64 digits that `mm7-gateway token --hash` prints"
        ) {
            $0.isEmpty ? nil : KnownSecret(configured: $0)
        } show: {
            $0.text?.description ?? "sha256:" + Secret("").description
        }
    }
}

extension ValueFormat<Originator> {
    static var originator: ValueFormat {
        ValueFormat("a number, a short code or a name of up to 11 letters and digits") {
            Originator($0)
        } show: {
            $0.text
        }
    }
}

extension ValueFormat<ListenAddress> {
    static var listenAddress: ValueFormat {
        ValueFormat("\"host:port\", \"[IPv6 address]:port\" or \":port\"") {
            ListenAddress($0)
        } show: {
            $0.description
        }
    }
}

extension ValueFormat<Profile> {
    static var profile: ValueFormat {
        ValueFormat("one of " + Profile.known.map { "\"\($0.name)\"" }.joined(separator: ", ")) {
            Profile.named($0)
        } show: {
            $0.name
        }
    }
}

extension ValueFormat<WrittenRange> {
    static var range: ValueFormat {
        ValueFormat("an IP address or a block such as \"10.0.0.0/8\"") { text in
            IPRange(text).map { WrittenRange(range: $0, text: text) }
        } show: {
            $0.text
        }
    }
}

/// A block of addresses and how the operator wrote it.
struct WrittenRange {
    var range: IPRange
    var text: String
}
