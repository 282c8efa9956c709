/// Which MMSC carries a number: the longest prefix wins, the empty prefix takes all.
package struct Routes: Sendable {
    package struct Route: Sendable {
        /// Leading digits, without `+`.
        package var prefix: String
        /// Names of MMSCs, the first choice first; never empty.
        package var mmscs: [String]

        package init(prefix: String, mmscs: [String]) {
            self.prefix = prefix
            self.mmscs = mmscs
        }
    }

    private let byPrefix: [Substring: Carriers]
    private let longestPrefix: Int

    package init(_ routes: [Route]) {
        byPrefix = Dictionary(
            routes.compactMap { route in Carriers(route.mmscs).map { (Substring(route.prefix), $0) } },
            uniquingKeysWith: { first, _ in first })
        longestPrefix = routes.map(\.prefix.utf8.count).max() ?? 0
    }

    /// The MMSCs for a number; nil when no route covers it.
    package func carriers(for number: MSISDN) -> Carriers? {
        for length in stride(from: longestPrefix, through: 0, by: -1) {
            if let found = byPrefix[number.digits.prefix(length)] { return found }
        }
        return nil
    }
}
