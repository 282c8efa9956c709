/// `${NAME}` in a string stands for an environment variable; `$${` is the text `${`. All other dollars are themselves.
enum Substitution {
    /// Why a string could not be completed. Names variables, never what is in them.
    enum Failure: Error, Equatable {
        case missing(String)
        case malformed
    }

    static func apply(to text: String, environment: (String) -> String?) throws(Failure) -> String {
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[dollar...]
            if rest.hasPrefix("$${") {
                result += "${"
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("${") {
                guard let end = rest.firstIndex(of: "}") else { throw .malformed }
                let name = rest[..<end].dropFirst(2)
                guard isName(name) else { throw .malformed }
                guard let value = environment(String(name)) else { throw .missing(String(name)) }
                result += value
                rest = rest[end...].dropFirst()
            } else {
                result += "$"
                rest = rest.dropFirst()
            }
        }
        return result + rest
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
