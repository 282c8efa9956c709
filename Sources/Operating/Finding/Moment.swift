import ConfigurationReading
package import FoundationEssentials

/// A time in the past as an operator writes it.
package enum Moment {
    /// Reads how long ago it was (`90m`, `12h`, `7d`), or a time in ISO 8601 with its zone, or a day, which begins at
    /// midnight in UTC.
    package static func read(_ text: String, now: Date) -> Date? {
        if let duration = Duration(text: text) { return now - duration / .seconds(1) }
        let styles = [
            Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true),
            Date.ISO8601FormatStyle().year().month().day(),
        ]
        for style in styles {
            if let date = try? style.parse(text) { return date }
        }
        return nil
    }
}
