import CurlHTTP

/// What the answer of a collector means for the spans. (OTLP 1.5, "OTLP/HTTP Response")
enum ExportVerdict: Equatable {
    case taken
    /// Worth another try, after that time where the collector names one.
    case again(after: Duration?)
    /// It will not take them.
    case refused(status: Int)

    /// - Parameter retryAfter: the value of the header; seconds count, a date does not.
    init(status: Int, retryAfter: String?) {
        self =
            switch status {
            case 200..<300: .taken
            case 429, 502, 503, 504: .again(after: retryAfter.flatMap { Int($0) }.map { .seconds(min(max($0, 0), 60)) })
            default: .refused(status: status)
            }
    }

    /// The pause before a try, after a number of them.
    static func pause(afterTries tries: Int) -> Duration { .seconds(1 << min(max(tries - 1, 0), 4)) }

    /// The most tries of one batch: about half a minute.
    static let mostTries = 5
}
