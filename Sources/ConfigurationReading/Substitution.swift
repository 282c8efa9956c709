/// `${NAME}` in a string stands for an environment variable; `$${` is the text `${`. All other dollar signs stay as
/// they are.
enum Substitution {
    /// Why a string could not be completed. It names variables, never their values.
    enum Failure: Error, Equatable {
        case missing(String)
        case malformed
    }

    static func apply(to text: String, environment: (String) -> String?) throws(Failure) -> String {
        var result = ""
        // Octet by octet: as a Character, a brace with a combining mark behind it does not equal a brace.
        var rest = text[...].utf8
        while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
            result += Substring(rest[..<dollar])
            rest = rest[dollar...]
            if rest.starts(with: "$${".utf8) {
                result += "${"
                rest = rest.dropFirst(3)
            } else if rest.starts(with: "${".utf8) {
                guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { throw .malformed }
                let name = Substring(rest[..<end].dropFirst(2))
                guard isName(name) else { throw .malformed }
                guard let value = environment(String(name)) else { throw .missing(String(name)) }
                result += value
                rest = rest[end...].dropFirst()
            } else {
                result += "$"
                rest = rest.dropFirst()
            }
        }
        return result + Substring(rest)
    }

    /// A name as POSIX has it: letters, digits and underscores, no digit first.
    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, !first.isDigit else { return false }
        return text.utf8.allSatisfy { $0.isDigit || $0.isLetter || $0 == UInt8(ascii: "_") }
    }
}

extension Substitution.Failure: CustomStringConvertible {
    var description: String {
        switch self {
        case .missing(let name):
            #"the environment variable \#(name) is not set; set it, or write "$${" for a plain "${""#
        case .malformed:
            #""${" needs a variable's name and "}" behind it; write "$${" for a plain "${""#
        }
    }
}
