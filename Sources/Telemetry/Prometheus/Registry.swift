/// An object that keeps the values of one series, or of the few that make a histogram.
protocol Instrument: AnyObject, Sendable {
    /// The word for it in a TYPE line.
    static var type: String { get }
    /// How many series a scraper sees of it.
    var seriesCount: Int { get }
    /// Appends the lines of the instrument to the text.
    func write(_ name: String, _ labels: Labels, to text: inout String)
}

/// All that share a name: one type, one help text, an instrument for each set of labels.
struct Family: Sendable {
    let type: String
    let help: String
    var instruments: [Labels: any Instrument] = [:]
}

/// All instruments, bounded in number.
struct Registry: Sendable {
    private(set) var families: [String: Family]
    private let seriesLimit: Int
    private var seriesCount = 0
    private let dropped = PrometheusCounter()

    static let droppedName = "mm7_dropped_series_total"

    init(seriesLimit: Int) {
        self.seriesLimit = seriesLimit
        families = [
            Self.droppedName: Family(
                type: PrometheusCounter.type,
                help: "Series that were asked for and not made: too many, or of another type than the rest.",
                instruments: [Labels([]): dropped])
        ]
    }

    /// The instrument with this name and these labels, made if there is none.
    ///
    /// - Returns: nil where it would be one too many, or of another type than the name has; that is counted.
    mutating func find<Found: Instrument>(
        _ name: String, help: String, labels: Labels, make: () -> Found
    ) -> Found? {
        var family = families[name] ?? Family(type: Found.type, help: help)
        if let known = family.instruments[labels] as? Found { return known }
        let new = make()
        guard family.type == Found.type, seriesCount + new.seriesCount <= seriesLimit else {
            dropped.increment(by: Int64(1))
            return nil
        }
        seriesCount += new.seriesCount
        family.instruments[labels] = new
        families[name] = family
        return new
    }

    /// Removes an instrument; whoever still holds it may go on recording without effect.
    mutating func forget(_ handler: AnyObject) {
        for (name, family) in families {
            guard let (labels, instrument) = family.instruments.first(where: { $0.value === handler }) else { continue }
            seriesCount -= instrument.seriesCount
            families[name]?.instruments[labels] = nil
        }
    }
}
