import SQLStore

/// What two tables with the same rows have in common, in whatever order they are read.
struct TableSum: Equatable {
    private(set) var count = 0
    /// For each column: the sum of its integers, flags as 0 and 1.
    private var totals: [Int64]
    /// For each column: the sum of a hash over each value and the primary key of its row.
    private var hashes: [UInt64]

    init(columns: Int) {
        totals = Array(repeating: 0, count: columns)
        hashes = Array(repeating: 0, count: columns)
    }

    mutating func add(_ row: [SQLValue], key: [Int]) {
        count += 1
        var ofKey = ValueHash()
        for place in key { ofKey.add(row[place]) }
        for (place, value) in row.enumerated() {
            if case .integer(let number) = value { totals[place] &+= number }
            var ofValue = ofKey
            ofValue.add(value)
            hashes[place] &+= ofValue.mixed
        }
    }

    /// In what the copy differs, for a person; nil where it does not.
    func difference(of copy: TableSum, in plan: CopyPlan) -> String? {
        guard count == copy.count else { return "\(copy.count) rows where the source has \(count)" }
        for (place, column) in plan.columns.enumerated() {
            if totals[place] != copy.totals[place] {
                return "another sum in the column \(column.name), \(copy.totals[place]) where the source has "
                    + "\(totals[place])"
            }
            if hashes[place] != copy.hashes[place] { return "other values in the column \(column.name)" }
        }
        return nil
    }
}

/// FNV-1a with 64 bits over values that are told apart by their kinds and lengths: it finds what went wrong, not what
/// somebody hides.
private struct ValueHash {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    /// The bits mixed, so that sums of many hashes stay as different as each. (MurmurHash3's finalizer)
    var mixed: UInt64 {
        var bits = state
        bits = (bits ^ (bits >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        bits = (bits ^ (bits >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return bits ^ (bits >> 33)
    }

    mutating func add(_ value: SQLValue) {
        switch value {
        case .null: add(CollectionOfOne(0))
        case .integer(let number):
            add(CollectionOfOne(1))
            add(UInt64(bitPattern: number))
        case .text(let text):
            add(CollectionOfOne(2))
            add(UInt64(text.utf8.count))
            add(text.utf8)
        case .blob(let octets):
            add(CollectionOfOne(3))
            add(UInt64(octets.count))
            add(octets)
        }
    }

    private mutating func add(_ number: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) { add(CollectionOfOne(UInt8(truncatingIfNeeded: number >> shift))) }
    }

    private mutating func add(_ octets: some Sequence<UInt8>) {
        for octet in octets { state = (state ^ UInt64(octet)) &* 0x100_0000_01B3 }
    }
}
