/// Random numbers that are the same for the same seed, on every machine. (Steele, Lea, Flood: Fast splittable
/// pseudorandom number generators, 2014)
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    mutating func flag() -> Bool { Bool.random(using: &self) }

    /// One of several values; the lists are written out in the tests and never empty.
    mutating func one<Value>(of values: [Value]) -> Value { values[number(0...(values.count - 1))] }

    /// The value in about half of the cases.
    mutating func maybe<Value>(_ make: (inout SplitMix64) -> Value) -> Value? { flag() ? make(&self) : nil }

    mutating func list<Value>(_ count: ClosedRange<Int>, of make: (inout SplitMix64) -> Value) -> [Value] {
        (0..<number(count)).map { _ in make(&self) }
    }
}
