import Logging

/// A line of the log on its way into bytes.
///
/// Whatever a text contains, it stays in its place: controls, ends of lines and marks of direction are escaped, so that
/// no peer's words write a line of their own. A line has an end within `limit` bytes, so that the system writes it in one
/// piece; what does not fit is cut, and the line says so.
struct LogLine {
    /// The longest line, its end included: what a pipe takes in one piece. (POSIX, PIPE_BUF on Linux)
    static let limit = 4096
    /// The longest value in bytes as it is written, so that one does not take the place of all others.
    static let valueLimit = 3000

    private let format: LogFormat
    private var bytes: [UInt8] = []
    private var isCut = false

    init(_ format: LogFormat) {
        self.format = format
        bytes.reserveCapacity(256)
    }

    mutating func begin(_ time: LogTime, _ level: Logger.Level, _ message: String) {
        switch format {
        case .text:
            bytes += time.bytes
            bytes.append(.space)
            bytes += level.rawValue.utf8
            // As wide as `critical`, so that messages stand below each other.
            for _ in level.rawValue.utf8.count...8 { bytes.append(.space) }
            write(message, isQuoted: false)
        case .json:
            bytes += #"{"time":""#.utf8
            bytes += time.bytes
            bytes += #"","level":""#.utf8
            bytes += level.rawValue.utf8
            bytes += #"","msg":"#.utf8
            write(message)
        }
    }

    mutating func append(_ key: String, _ value: Logger.MetadataValue) {
        let start = bytes.count
        switch format {
        case .text:
            bytes.append(.space)
            write(key, isQuoted: false)
            bytes.append(UInt8(ascii: "="))
        case .json:
            bytes.append(UInt8(ascii: ","))
            write(Self.ownMembers.contains(key) ? key + "_" : key)
            bytes.append(UInt8(ascii: ":"))
        }
        write(value)
        guard bytes.count > Self.limit - Self.end.count - 2 else { return }
        bytes.removeSubrange(start...)
        isCut = true
    }

    mutating func finished() -> [UInt8] {
        if isCut { bytes += (format == .json ? Self.end : " cut=true").utf8 }
        if format == .json { bytes.append(UInt8(ascii: "}")) }
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    /// Says that values were left out.
    private static let end = #","cut":true"#
    /// Members that every line has; metadata of such a name gets another.
    private static let ownMembers: Set<String> = ["time", "level", "msg", "cut"]
}

// MARK: - Values

extension LogLine {
    private mutating func write(_ value: Logger.MetadataValue) {
        switch value {
        case .string(let text): write(text)
        case .stringConvertible(let value) where Self.isLiteral(value): bytes += value.description.utf8
        case .stringConvertible(let value): write(value.description)
        case .array(let values):
            bytes.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                write(value)
            }
            bytes.append(UInt8(ascii: "]"))
        case .dictionary(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, key) in members.keys.sorted().enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                write(key)
                bytes.append(UInt8(ascii: ":"))
                write(members[key] ?? "")
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// Whether the value stands without quotes: a number or a truth value.
    private static func isLiteral(_ value: any CustomStringConvertible) -> Bool {
        switch value {
        case is any FixedWidthInteger, is Bool: true
        case let number as Double: number.isFinite
        default: false
        }
    }

    private mutating func write(_ text: String, isQuoted: Bool = true) {
        let start = bytes.count
        if isQuoted { bytes.append(UInt8(ascii: "\"")) }
        for scalar in text.unicodeScalars {
            guard bytes.count - start < Self.valueLimit else {
                bytes += "…".utf8
                break
            }
            switch scalar {
            case "\"" where isQuoted: bytes += #"\""#.utf8
            case "\\" where isQuoted: bytes += #"\\"#.utf8
            case "\n": bytes += #"\n"#.utf8
            case "\r": bytes += #"\r"#.utf8
            case "\t": bytes += #"\t"#.utf8
            case _ where scalar.isObeyed: escape(scalar)
            case _ where scalar.isASCII: bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            }
        }
        if isQuoted { bytes.append(UInt8(ascii: "\"")) }
    }

    /// Such scalars have four digits, all of them.
    private mutating func escape(_ scalar: Unicode.Scalar) {
        let digits = String(scalar.value, radix: 16)
        bytes += #"\u"#.utf8
        for _ in digits.utf8.count..<4 { bytes.append(UInt8(ascii: "0")) }
        bytes += digits.utf8
    }
}

extension Unicode.Scalar {
    /// Whether a terminal, a pager or a bidirectional text would obey it.
    fileprivate var isObeyed: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}

extension UInt8 {
    fileprivate static let space = UInt8(ascii: " ")
}
