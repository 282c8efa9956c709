import ConfigurationReading
package import FoundationEssentials

/// A time in the past as an operator writes it.
package enum Moment {
    /// Reads how long ago it was (`90m`, `12h`, `7d`), or a time in ISO 8601 with its zone, or a day, which begins at
    /// midnight in UTC.
    package static func read(_ text: String, now: Date) -> Date? {
        if let duration = Duration(text: text) { return now - duration / .seconds(1) }
        // The style itself takes the 31st of February and an hour 25 for a later time, and any text behind a time.
        let isDay = text.utf8.count == 10
        let beginning = (isDay ? text + "T00:00:00" : String(text.prefix(19))) + "Z"
        let style = Date.ISO8601FormatStyle()
        guard let date = try? style.parse(beginning), style.format(date) == beginning else { return nil }
        if isDay { return date }
        guard isEnd(text.dropFirst(19)) else { return nil }
        return try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text)
    }

    /// Whether that ends a time: a fraction of a second, if any, and the zone.
    private static func isEnd(_ text: Substring) -> Bool {
        var zone = text.utf8
        if zone.first == UInt8(ascii: ".") {
            let fraction = zone.dropFirst().prefix { $0.isDigit }
            guard !fraction.isEmpty else { return false }
            zone = zone[fraction.endIndex...]
        }
        if zone.elementsEqual("Z".utf8) { return true }
        let form = zone.map { octet in
            octet.isDigit ? "0" : octet == UInt8(ascii: "-") ? "+" : "\(Unicode.Scalar(octet))"
        }
        return ["+00", "+0000", "+00:00"].contains(form.joined())
    }
}
