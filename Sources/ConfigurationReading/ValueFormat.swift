/// The values that a key takes: how they are read from the file and shown again.
package struct ValueFormat<Value> {
    /// Completes "must be …" and "is missing; give …".
    package let expectation: String
    /// The value; nil where it does not fit the format.
    package let parse: (ConfigurationValue) -> Value?
    /// The value as it is shown, masked where it is secret.
    package let show: (Value) -> ConfigurationValue

    package init(
        _ expectation: String, parse: @escaping (ConfigurationValue) -> Value?,
        show: @escaping (Value) -> ConfigurationValue
    ) {
        self.expectation = expectation
        self.parse = parse
        self.show = show
    }

    /// A format of strings alone.
    package init(
        _ expectation: String, text parse: @escaping (String) -> Value?,
        show: @escaping (Value) -> String
    ) {
        self.init(
            expectation,
            parse: { if case .string(let text) = $0 { parse(text) } else { nil } },
            show: { .string(show($0)) })
    }

    /// One of the words of an enumeration.
    package static func word() -> ValueFormat where Value: RawRepresentable<String> & CaseIterable {
        ValueFormat("one of " + Value.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")) {
            Value(rawValue: $0)
        } show: {
            $0.rawValue
        }
    }
}

extension ValueFormat<Bool> {
    package static var flag: ValueFormat {
        ValueFormat("true or false") { value in
            if case .bool(let flag) = value { flag } else { nil }
        } show: {
            .bool($0)
        }
    }
}

extension ValueFormat<Int> {
    package static func whole(_ range: ClosedRange<Int>) -> ValueFormat {
        ValueFormat("a whole number from \(range.lowerBound) to \(range.upperBound)") { value in
            guard case .number(let number) = value else { return nil }
            return Int(exactly: number).flatMap { range.contains($0) ? $0 : nil }
        } show: {
            .number(Double($0))
        }
    }

    /// A number of bytes, bare or with a unit.
    package static func size(from least: Int, to most: Int) -> ValueFormat {
        let ends = "from \(ByteSize(bytes: least)) to \(ByteSize(bytes: most))"
        return ValueFormat("a size such as \"600kB\", \"1MB\", \"10MiB\" or a number of bytes, \(ends)") { value in
            let bytes: Int? =
                switch value {
                case .number(let number): Int(exactly: number)
                case .string(let text): ByteSize(text)?.bytes
                default: nil
                }
            return bytes.flatMap { (least...most).contains($0) ? $0 : nil }
        } show: {
            .string(ByteSize(bytes: $0).description)
        }
    }
}

extension ValueFormat<Double> {
    package static func number(_ range: ClosedRange<Double>) -> ValueFormat {
        let (least, most) = (
            ConfigurationValue.text(of: range.lowerBound), ConfigurationValue.text(of: range.upperBound)
        )
        return ValueFormat("a number from \(least) to \(most)") { value in
            guard case .number(let number) = value, range.contains(number) else { return nil }
            return number
        } show: {
            .number($0)
        }
    }
}

extension ValueFormat<Duration> {
    package static func duration(from least: Duration, to most: Duration) -> ValueFormat {
        ValueFormat(
            "a duration such as \"250ms\", \"5s\", \"2m\", \"1h\" or \"3d\", from \(least.text) to \(most.text)"
        ) {
            text in
            guard let duration = Duration(text: text), (least...most).contains(duration) else { return nil }
            return duration
        } show: {
            $0.text
        }
    }
}
