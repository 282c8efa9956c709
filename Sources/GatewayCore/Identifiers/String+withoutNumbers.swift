extension String {
    /// The text for logs and reports, every run of seven digits or more cut to its last three: what a peer says may name a
    /// subscriber.
    package var withoutNumbers: String {
        var result = ""
        var rest = self[...]
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            result += digits.count >= 7 ? "…\(digits.suffix(3))" : digits
            rest = rest[digits.endIndex...]
            let other = rest.prefix { !($0.isASCII && $0.isNumber) }
            result += other
            rest = rest[other.endIndex...]
        }
        return result
    }
}
