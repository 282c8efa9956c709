import CustomerServing
import GatewayCore

/// The entries of `to`, each once however often and in whichever form it was given.
struct Addressees {
    /// The entries in the order given, numbers as digits alone.
    private(set) var echo: [String] = []
    private(set) var numbers: [MSISDN] = []
    private(set) var groups: [ULID] = []

    static let countRange = 1...1000

    /// - Throws: `violation` when there are too few or too many, `badFormat` for an entry that is neither a number nor
    ///   an id; the error names that entry, as no number is in it.
    init(_ entries: [String]?, member: String = "to") throws(MalformedRequest) {
        guard let entries else { throw .violation(at: member, "must be present") }
        guard Self.countRange.contains(entries.count) else {
            let (least, most) = (Self.countRange.lowerBound, Self.countRange.upperBound)
            throw .violation(at: member, "size must be between \(least) and \(most), and is \(entries.count)")
        }
        var seen = Set<String>(minimumCapacity: entries.count)
        for entry in entries {
            if let number = MSISDN(entry) {
                guard seen.insert(number.digits).inserted else { continue }
                echo.append(number.digits)
                numbers.append(number)
            } else if let group = ULID(entry) {
                guard seen.insert(entry).inserted else { continue }
                echo.append(entry)
                groups.append(group)
            } else {
                throw .badFormat(
                    at: member, "'\(entry.excerpt)' is not a number or group id\(entry.hiddenObstacle)")
            }
        }
    }
}
