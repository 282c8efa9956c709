/// Values that differ by recipient: `{"name": {"15550100001": "Ana", "default": "there"}}`.
package struct Parameters: Sendable, Equatable {
    /// Keys and numbers as the customer wrote them; answers repeat them like that.
    package let asGiven: [String: [String: String]]
    private let byNumber: [String: [String: String]]

    private static let defaultKey = "default"

    package init(_ asGiven: [String: [String: String]] = [:]) {
        self.asGiven = asGiven
        byNumber = asGiven.mapValues { values in
            var read: [String: String] = [:]
            read.reserveCapacity(values.count)
            for (number, value) in values { read[MSISDN(number)?.digits ?? number] = value }
            guard read.count < values.count else { return read }
            // Sorted, so that of two spellings of a number the same wins also after a restart.
            return Dictionary(
                values.sorted { $0.key < $1.key }.map { (MSISDN($0.key)?.digits ?? $0.key, $0.value) },
                uniquingKeysWith: { first, _ in first })
        }
    }

    package var isEmpty: Bool { asGiven.isEmpty }

    /// The parameters without the values of other keys.
    package func only(_ keys: Set<String>) -> Parameters { Parameters(asGiven.filter { keys.contains($0.key) }) }

    /// The value of a key for one recipient, or the key's default; nil when it has neither.
    package func value(of key: String, for recipient: MSISDN) -> String? {
        guard let values = byNumber[key] else { return nil }
        return values[recipient.digits] ?? values[Self.defaultKey]
    }

    /// UTF-16 units of the longest value of a key, whoever's it is.
    package func longestValue(of key: String) -> Int { asGiven[key]?.values.map(\.utf16.count).max() ?? 0 }
}
