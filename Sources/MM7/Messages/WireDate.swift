import FoundationEssentials

/// xs:dateTime and xs:duration as MM7 peers write them. (TS 23.140, relativeOrAbsoluteDateType)
///
/// Dates are parsed here, not by a library, because peers leave out zones, fractions and leading zeros, and because a
/// batch writes thousands of dates.
enum WireDate {
    /// `2015-03-16T14:03:51.749Z`; month and day may lack the leading zero, a missing zone means UTC.
    static func date(_ text: String) -> Date? {
        var scan = Scan(text)
        guard let year = scan.number(4), scan.skip("-"), let month = scan.number(2), scan.skip("-"),
            let day = scan.number(2), (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day)
        else { return nil }

        // A day that the month does not have would become a day of the next month.
        let days = daysSince1970(year, month, day)
        guard civil(days).1 == month else { return nil }
        var seconds = Double(days * 86_400)
        guard !scan.isAtEnd else { return Date(timeIntervalSince1970: seconds) }

        guard scan.skip("T") || scan.skip("t") || scan.skip(" "), let hour = scan.number(2), scan.skip(":"),
            let minute = scan.number(2), hour <= 23 || hour == 24 && minute == 0, minute <= 59
        else { return nil }
        seconds += Double(hour * 3600 + minute * 60)
        if scan.skip(":") {
            guard let second = scan.number(2), second <= 60, hour < 24 || second == 0 else { return nil }
            seconds += Double(second) + scan.fraction()
        }

        guard let offset = scan.zoneSeconds(), scan.isAtEnd else { return nil }
        return Date(timeIntervalSince1970: seconds - Double(offset))
    }

    /// `P90D`, `PT24H`, `P1DT12H`, or a bare number of seconds. A year counts 365 days and a month 30.
    static func seconds(ofDuration text: String) -> Int? {
        var scan = Scan(text)
        guard scan.skip("P") else {
            // Eight or more digits are a date in some form of the peer's own.
            guard let number = scan.number(7), scan.isAtEnd else { return nil }
            return number
        }
        var total = 0
        var isTime = false
        var parts = 0
        while !scan.isAtEnd {
            if !isTime, scan.skip("T") {
                isTime = true
                continue
            }
            guard let number = scan.number(9) else { return nil }
            let hasFraction = scan.fraction() > 0
            let unit: Int
            switch (scan.next(), isTime) {
            case (UInt8(ascii: "Y"), false): unit = 365 * 86_400
            case (UInt8(ascii: "M"), false): unit = 30 * 86_400
            case (UInt8(ascii: "W"), false): unit = 7 * 86_400
            case (UInt8(ascii: "D"), false): unit = 86_400
            case (UInt8(ascii: "H"), true): unit = 3600
            case (UInt8(ascii: "M"), true): unit = 60
            case (UInt8(ascii: "S"), true): unit = 1
            default: return nil
            }
            guard !hasFraction || unit == 1, parts < 6 else { return nil }
            // Nine digits of years, six times over, stay far below Int.max.
            total += number * unit
            parts += 1
        }
        return parts > 0 && total <= longestDuration ? total : nil
    }

    /// A hundred years, in seconds; a longer duration could not be written as a date.
    private static let longestDuration = 100 * 365 * 86_400

    static func relativeOrAbsolute(_ text: String) -> RelativeOrAbsoluteDate? {
        if let seconds = seconds(ofDuration: text) { return .relative(seconds: seconds) }
        return date(text).map { .absolute($0) }
    }

    /// UTC with `Z` and whole seconds, the form every peer takes; nil outside the years 1 to 9999.
    static func text(_ date: Date) -> String? {
        let time = date.timeIntervalSince1970.rounded(.down)
        guard time >= -62_135_596_800, time < 253_402_300_800 else { return nil }
        let seconds = Int(time)
        let days = seconds >= 0 ? seconds / 86_400 : -((-seconds + 86_399) / 86_400)
        let clock = seconds - days * 86_400
        let (year, month, day) = civil(days)
        var text: [UInt8] = []
        text.reserveCapacity(20)
        append(year, 4, to: &text)
        text.append(UInt8(ascii: "-"))
        append(month, 2, to: &text)
        text.append(UInt8(ascii: "-"))
        append(day, 2, to: &text)
        text.append(UInt8(ascii: "T"))
        append(clock / 3600, 2, to: &text)
        text.append(UInt8(ascii: ":"))
        append(clock / 60 % 60, 2, to: &text)
        text.append(UInt8(ascii: ":"))
        append(clock % 60, 2, to: &text)
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }

    /// `P3D`, `PT90M`, `P1DT12H`; nil for a negative duration.
    static func text(ofDuration seconds: Int) -> String? {
        guard seconds >= 0 else { return nil }
        var text = "P"
        if seconds >= 86_400 { text += "\(seconds / 86_400)D" }
        let (hours, minutes, rest) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60)
        if hours + minutes + rest > 0 || seconds == 0 { text += "T" }
        if hours > 0 { text += "\(hours)H" }
        if minutes > 0 { text += "\(minutes)M" }
        if rest > 0 || seconds == 0 { text += "\(rest)S" }
        return text
    }

    private static func append(_ number: Int, _ digits: Int, to text: inout [UInt8]) {
        var divisor = digits == 4 ? 1000 : 10
        while divisor > 0 {
            text.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }

    /// Days from 1970-01-01 in the proleptic Gregorian calendar; years are counted from March.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }

    private static func civil(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}

/// A cursor over ASCII text.
private struct Scan {
    private var rest: Substring.UTF8View.SubSequence

    init(_ text: String) { rest = Substring(text).utf8[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func next() -> UInt8? { rest.popFirst() }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == character.value else { return false }
        rest.removeFirst()
        return true
    }

    mutating func skip(word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard rest.prefix(length).elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: length)) else {
            return false
        }
        rest.removeFirst(length)
        return true
    }

    /// One to `digits` decimal digits.
    mutating func number(_ digits: Int) -> Int? {
        var value: Int?
        var count = 0
        while count < digits, let byte = rest.first, (0x30...0x39).contains(byte) {
            value = (value ?? 0) * 10 + Int(byte - 0x30)
            rest.removeFirst()
            count += 1
        }
        return value
    }

    /// A decimal fraction, zero where there is none. Digits past the ninth are skipped.
    mutating func fraction() -> Double {
        guard skip(".") || skip(",") else { return 0 }
        var (value, scale) = (0.0, 0.1)
        while let byte = rest.first, (0x30...0x39).contains(byte) {
            value += Double(byte - 0x30) * scale
            scale /= 10
            rest.removeFirst()
        }
        return value
    }

    /// `Z`, `+hh:mm`, `-hhmm`, or nothing for UTC.
    mutating func zoneSeconds() -> Int? {
        while skip(" ") {}
        if isAtEnd || skip("Z") || skip("z") || skip(word: "GMT") || skip(word: "UTC") { return 0 }
        let sign: Int
        if skip("+") {
            sign = 1
        } else if skip("-") {
            sign = -1
        } else {
            return nil
        }
        guard let hours = number(2), hours <= 23 else { return nil }
        _ = skip(":")
        guard let minutes = isAtEnd ? 0 : number(2), minutes <= 59 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
