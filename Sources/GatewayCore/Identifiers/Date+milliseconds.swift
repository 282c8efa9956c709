package import FoundationEssentials

extension Date {
    /// Milliseconds since 1970 in UTC, as the store keeps every time.
    package var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }

    package init(milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    /// The time as the store keeps it, in whole milliseconds.
    package var wholeMilliseconds: Date { Date(milliseconds: milliseconds) }

    package static func + (date: Date, duration: Duration) -> Date {
        date.addingTimeInterval(duration.seconds)
    }

    /// ISO 8601 in UTC with milliseconds, for people.
    package var inUTC: String { formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)) }

    /// How long from the other time to this one; negative when this one is earlier.
    package func since(_ other: Date) -> Duration {
        .seconds(timeIntervalSince(other))
    }
}

extension Duration {
    package var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
