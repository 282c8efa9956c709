public import FoundationEssentials

/// A point in time, or a time after submission. (TS 23.140, relativeOrAbsoluteDateType)
public enum RelativeOrAbsoluteDate: Sendable, Hashable {
    case absolute(Date)
    /// Seconds from the TimeStamp of the request or, without one, from its arrival.
    case relative(seconds: Int)

    /// The point in time, for a message submitted at the given one.
    public func date(submitted: Date) -> Date {
        switch self {
        case .absolute(let date): date
        case .relative(let seconds): submitted.addingTimeInterval(Double(seconds))
        }
    }
}
