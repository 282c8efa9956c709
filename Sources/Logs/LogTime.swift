import Glibc

/// A moment as lines have it: `2026-11-30T14:20:00.123Z`. (RFC 3339)
///
/// Made by arithmetic alone, because it is made for every line.
struct LogTime: Equatable, Sendable {
    let bytes: [UInt8]

    static var now: LogTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return LogTime(seconds: time.tv_sec, milliseconds: time.tv_nsec / 1_000_000)
    }

    /// - Parameter seconds: since 1970, leap seconds not counted.
    init(seconds: Int, milliseconds: Int) {
        // Days count from 0000-03-01, so that the leap day is the last of its year.
        let days = Self.floor(seconds, by: 86400)
        let second = seconds - days * 86400
        let shifted = days + 719_468
        let era = Self.floor(shifted, by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        Self.write(year, 4, "-", to: &bytes)
        Self.write(month, 2, "-", to: &bytes)
        Self.write(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, 2, "T", to: &bytes)
        Self.write(second / 3600, 2, ":", to: &bytes)
        Self.write(second / 60 % 60, 2, ":", to: &bytes)
        Self.write(second % 60, 2, ".", to: &bytes)
        Self.write(milliseconds, 3, "Z", to: &bytes)
        self.bytes = bytes
    }

    private static func floor(_ value: Int, by divisor: Int) -> Int {
        value >= 0 ? value / divisor : (value - divisor + 1) / divisor
    }

    private static func write(_ number: Int, _ digits: Int, _ end: Unicode.Scalar, to bytes: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
        bytes.append(UInt8(ascii: end))
    }
}
