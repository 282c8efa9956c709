/// A source of numbers that nobody can foresee; tests bring numbers of their own.
package struct RandomSource: RandomNumberGenerator, Sendable {
    private let number: @Sendable () -> UInt64

    /// The machine's source, fit for keys and tokens.
    package static let system = RandomSource {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }

    package init(_ number: @escaping @Sendable () -> UInt64) {
        self.number = number
    }

    package func next() -> UInt64 { number() }

    /// A number from 0 to 1.
    package func fraction() -> Double { Double(number() >> 11) / Double((UInt64(1) << 53) - 1) }

    /// So many octets.
    package func octets(_ count: Int) -> [UInt8] {
        var generator = self
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
