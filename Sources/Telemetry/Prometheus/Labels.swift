/// The labels of a series as they are written, without the braces: `mmsc="north",state="open"`.
///
/// They are in the order of their names, so that the same labels are the same text.
struct Labels: Sendable, Hashable, Comparable {
    let text: String

    init(_ dimensions: [(String, String)]) {
        let named = Dictionary(
            dimensions.map { ($0.0.labelName, $0.1) }, uniquingKeysWith: { _, last in last })
        text = named.sorted { $0.key < $1.key }.map(Self.pair).joined(separator: ",")
    }

    private init(text: String) { self.text = text }

    /// The labels with one more at the end, such as the bound of a bucket.
    func with(_ name: String, _ value: String) -> Labels {
        let pair = Self.pair(name, value)
        return Labels(text: text.isEmpty ? pair : "\(text),\(pair)")
    }

    private static func pair(_ name: String, _ value: String) -> String { "\(name)=\"\(value.escapedInLabel)\"" }

    static func < (one: Labels, other: Labels) -> Bool { one.text < other.text }
}

extension String {
    /// Letters, digits, underscore and colon; all else becomes an underscore, as the dots of other libraries' metrics.
    var metricName: String { name(orColon: true) }

    /// The name without colons. `le` is reserved for the bounds of histograms.
    var labelName: String {
        let name = name(orColon: false)
        return name == "le" ? "le_" : name
    }

    private func name(orColon: Bool) -> String {
        let characters = unicodeScalars.map { scalar -> Character in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_": Character(scalar)
            case ":" where orColon: ":"
            default: "_"
            }
        }
        let name = String(characters)
        return name.first?.isNumber ?? true ? "_" + name : name
    }

    fileprivate var escapedInLabel: String { escaping(quotes: true) }

    /// The text for a HELP line, where quotes stay as they are.
    var escapedInHelp: String { escaping(quotes: false) }

    private func escaping(quotes: Bool) -> String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\\": text += #"\\"#
            case "\n": text += #"\n"#
            case "\"" where quotes: text += #"\""#
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
