package import FoundationEssentials
import GatewayCore

/// A moment as the APIs print it: ISO 8601 in UTC with three digits of a second and `Z`, `2026-03-09T14:05:11.042Z`.
package struct Timestamp: Encodable, Equatable, Sendable {
    package let date: Date

    package init(_ date: Date) {
        self.date = date
    }

    /// Reads every form that clients send: a date alone, or with hours and minutes behind `T` or a blank, seconds and
    /// any fraction of them if there are, and `Z`, `+02:00`, `+0200`, `+02` or nothing, which is UTC.
    ///
    /// What a fraction has beyond milliseconds is cut off. Returns nil for anything else, and for a moment that an offset
    /// moves out of the years 1 to 9999, as it could not be printed.
    package init?(_ text: String) {
        var reader = Reader(rest: Array(text.utf8)[...])
        guard let day = reader.day() else { return nil }
        var milliseconds = day * Self.millisecondsPerDay
        if !reader.rest.isEmpty {
            guard reader.skip("T") || reader.skip("t") || reader.skip(" "), let time = reader.timeOfDay(),
                let offset = reader.offset(), reader.rest.isEmpty
            else { return nil }
            milliseconds += time - offset
        }
        guard Self.printable.contains(milliseconds) else { return nil }
        date = Date(milliseconds: milliseconds)
    }

    /// The time that a member of a request says.
    ///
    /// - Throws: `badFormat` for a text that is no time.
    package init(_ text: String, member: String) throws(MalformedRequest) {
        guard let time = Self(text) else { throw .badFormat(at: member, "must be a time in ISO 8601") }
        self = time
    }

    package var text: String {
        // A clock that is wrong by thousands of years must not stop an answer.
        let milliseconds = min(max(date.milliseconds, Self.printable.lowerBound), Self.printable.upperBound)
        let (days, time) = milliseconds.quotientAndRemainderFloored(by: Self.millisecondsPerDay)
        let (year, month, day) = Self.civil(days)
        return String(unsafeUninitializedCapacity: 24) { buffer in
            var end = 0
            func write(_ number: Int64, digits: Int, then mark: Unicode.Scalar) {
                var rest = number
                for index in (end..<end + digits).reversed() {
                    buffer[index] = UInt8(ascii: "0") + UInt8(rest % 10)
                    rest /= 10
                }
                end += digits
                buffer[end] = UInt8(ascii: mark)
                end += 1
            }
            write(year, digits: 4, then: "-")
            write(month, digits: 2, then: "-")
            write(day, digits: 2, then: "T")
            write(time / 3_600_000, digits: 2, then: ":")
            write(time / 60_000 % 60, digits: 2, then: ":")
            write(time / 1000 % 60, digits: 2, then: ".")
            write(time % 1000, digits: 3, then: "Z")
            return end
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    private static let millisecondsPerDay: Int64 = 86_400_000

    /// 0001-01-01T00:00:00.000Z to 9999-12-31T23:59:59.999Z.
    private static let printable =
        days(year: 1, month: 1, day: 1) * millisecondsPerDay...(days(year: 9999, month: 12, day: 31) + 1)
        * millisecondsPerDay - 1

    /// The last moment that can be printed.
    package static var latest: Date { Date(milliseconds: printable.upperBound) }
}

extension Timestamp {
    /// Days from 1970-01-01 to a day of the Gregorian calendar.
    ///
    /// Years are counted from March, so that the day a leap year adds is the last of its year; 400 of them always have
    /// 146,097 days.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let marchYear = month > 2 ? year : year - 1
        let (era, yearOfEra) = marchYear.quotientAndRemainderFloored(by: 400)
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The day of the Gregorian calendar that is so many days from 1970-01-01.
    private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (days + 719_468).quotientAndRemainderFloored(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = (marchMonth + 2) % 12 + 1
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// Takes the text apart from its front.
    private struct Reader {
        var rest: ArraySlice<UInt8>

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest.removeFirst()
            return true
        }

        /// Exactly so many digits, with a value in the range.
        mutating func number(digits: Int, in range: ClosedRange<Int64>) -> Int64? {
            let taken = rest.prefix(digits)
            guard taken.count == digits, taken.allSatisfy(Self.isDigit) else { return nil }
            let value = taken.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
            guard range.contains(value) else { return nil }
            rest.removeFirst(digits)
            return value
        }

        mutating func day() -> Int64? {
            guard let year = number(digits: 4, in: 1...9999), skip("-"), let month = number(digits: 2, in: 1...12),
                skip("-"), let day = number(digits: 2, in: 1...31)
            else { return nil }
            // A day that its month does not have comes back as one of the next.
            let days = Timestamp.days(year: year, month: month, day: day)
            return Timestamp.civil(days).month == month ? days : nil
        }

        /// Milliseconds since midnight. A leap second counts as the first of the next minute.
        mutating func timeOfDay() -> Int64? {
            guard let hour = number(digits: 2, in: 0...23), skip(":"), let minute = number(digits: 2, in: 0...59)
            else { return nil }
            var time = (hour * 60 + minute) * 60_000
            if skip(":") {
                guard let second = number(digits: 2, in: 0...60) else { return nil }
                time += second * 1000
                if skip(".") {
                    let fraction = rest.prefix(while: Self.isDigit)
                    guard !fraction.isEmpty else { return nil }
                    rest.removeFirst(fraction.count)
                    for (digit, weight) in zip(fraction, [100, 10, 1] as [Int64]) {
                        time += Int64(digit - UInt8(ascii: "0")) * weight
                    }
                }
            }
            return time
        }

        /// How far the zone is ahead of UTC, in milliseconds.
        mutating func offset() -> Int64? {
            if rest.isEmpty || skip("Z") || skip("z") { return 0 }
            let isAhead = skip("+")
            guard isAhead || skip("-"), let hours = number(digits: 2, in: 0...23) else { return nil }
            var minutes = hours * 60
            if !rest.isEmpty {
                _ = skip(":")
                guard let more = number(digits: 2, in: 0...59) else { return nil }
                minutes += more
            }
            return (isAhead ? minutes : -minutes) * 60_000
        }

        private static func isDigit(_ character: UInt8) -> Bool {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character)
        }
    }
}

extension Int64 {
    /// Division whose remainder is never negative, also before 1970.
    fileprivate func quotientAndRemainderFloored(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
