/// Digits in a row, and what people write between those of one telephone number: `+1 (202) 555-0100`.
///
/// A run of seven digits or more may be a number and is cut to the last three. A date and an IPv4 address have as many,
/// and stay: they are no secret, and a log without them is of little use.
struct DigitRun {
    private struct Group {
        var digits: [Unicode.Scalar]
        /// What follows it.
        var separator: [Unicode.Scalar] = []
    }

    private var groups: [Group] = []

    /// The most digits of one group that are remembered: the last ones.
    private static let longestGroup = 64
    private static let mostGroups = 32
    /// Between two groups of one number: a closing bracket and a blank.
    private static let longestSeparator = 3
    /// The shortest number of a subscriber, and one more than most codes and figures have.
    static let leastDigits = 7

    /// False where the scalar belongs to no run, or ends the one that is going on.
    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        let last = groups.count - 1
        if scalar.properties.generalCategory == .decimalNumber {
            if last >= 0, groups[last].separator.isEmpty {
                if groups[last].digits.count == Self.longestGroup { groups[last].digits.removeFirst(32) }
                groups[last].digits.append(scalar)
            } else {
                guard groups.count < Self.mostGroups else { return false }
                groups.append(Group(digits: [scalar]))
            }
            return true
        }
        guard last >= 0, Self.isSeparator(scalar), groups[last].separator.count < Self.longestSeparator || scalar == " "
        else { return false }
        // Several blanks in a row are kept as one.
        if scalar != " " || groups[last].separator.last != " " { groups[last].separator.append(scalar) }
        return true
    }

    /// The run as it may be shown; a new one begins.
    mutating func finish() -> [Unicode.Scalar] {
        guard !groups.isEmpty else { return [] }
        defer { groups.removeAll(keepingCapacity: true) }
        var text: [Unicode.Scalar] = []
        var begin = 0
        var index = 0
        while index < groups.count {
            let count = plainCount(at: index)
            if count > 0 {
                text += number(begin..<index)
                for group in groups[index..<index + count] { text += group.digits + group.separator }
                index += count
                begin = index
            } else {
                index += 1
            }
        }
        return text + number(begin..<groups.count)
    }

    private func number(_ range: Range<Int>) -> [Unicode.Scalar] {
        let digits = groups[range].flatMap(\.digits)
        guard digits.count >= Self.leastDigits else { return groups[range].flatMap { $0.digits + $0.separator } }
        return ["…"] + digits.suffix(3) + (groups[range].last?.separator ?? [])
    }

    /// How many groups from this one on are a date or an address of IPv4.
    private func plainCount(at index: Int) -> Int {
        func value(_ offset: Int) -> Int {
            Int(String(String.UnicodeScalarView(groups[index + offset].digits))) ?? .max
        }
        func length(_ offset: Int) -> Int { groups[index + offset].digits.count }
        func joins(_ count: Int, _ separators: Set<Unicode.Scalar>) -> Bool {
            guard groups.count - index >= count, let sign = groups[index].separator.first, separators.contains(sign)
            else { return false }
            return groups[index..<index + count - 1].allSatisfy { $0.separator == [sign] }
        }
        if joins(4, ["."]), (0..<4).allSatisfy({ length($0) <= 3 && value($0) <= 255 }),
            index == 0 || groups[index - 1].separator != ["."]
        {
            return 4
        }
        guard joins(3, ["-", ".", "/"]), length(1) == 2, (1...12).contains(value(1)) else { return 0 }
        let isYear = { (offset: Int) in length(offset) == 4 && (1970...2199).contains(value(offset)) }
        let isDay = { (offset: Int) in length(offset) == 2 && (1...31).contains(value(offset)) }
        return isYear(0) && isDay(2) || isDay(0) && isYear(2) ? 3 : 0
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "-", ".", "(", ")", "/", "\u{A0}", "\u{2007}"..."\u{2015}", "\u{202F}", "\u{2212}": true
        default: false
        }
    }
}
