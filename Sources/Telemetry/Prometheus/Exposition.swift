/// Prometheus' text format, version 0.0.4.
extension [String: Family] {
    /// Every metric by its name: what it means, its type, its series by their labels.
    var exposition: String {
        var text = ""
        for (name, family) in sorted(by: { $0.key < $1.key }) where !family.instruments.isEmpty {
            text += "# HELP \(name) \(family.help.escapedInHelp)\n# TYPE \(name) \(family.type)\n"
            for (labels, instrument) in family.instruments.sorted(by: { $0.key < $1.key }) {
                instrument.write(name, labels, to: &text)
            }
        }
        return text
    }
}

extension String {
    /// One line: name, labels in braces if there are any, value.
    mutating func appendSample(_ name: String, _ labels: Labels, _ value: Double) {
        self += name
        if !labels.text.isEmpty { self += "{\(labels.text)}" }
        self += " \(value.sample)\n"
    }
}

extension Double {
    /// Whole numbers without a point, so that a bound reads `5` as everybody writes it.
    var sample: String {
        if isNaN { return "NaN" }
        if isInfinite { return self < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: self).map(String.init) ?? description
    }
}
