import Glibc
import Synchronization

/// A source of numbers that nobody can foresee; tests bring numbers of their own.
package struct RandomSource: RandomNumberGenerator, Sendable {
    private let number: @Sendable () -> UInt64

    /// The machine's source, fit for keys and tokens.
    package static let system: RandomSource = {
        let numbers = RandomNumbers()
        return RandomSource { numbers.next() }
    }()

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

/// The system's random numbers, asked for many at a time: a message needs a dozen, and a system call for each costs more
/// than all else about it. None is given out twice.
private final class RandomNumbers: Sendable {
    private let ready = Mutex<[UInt64]>([])

    /// As many as the system gives without being interrupted: 256 octets.
    private static let together = 32

    func next() -> UInt64 {
        ready.withLock { ready in
            if ready.isEmpty { ready = Self.drawn() }
            return ready.removeLast()
        }
    }

    private static func drawn() -> [UInt64] {
        [UInt64](unsafeUninitializedCapacity: together) { numbers, count in
            let isDrawn = getentropy(numbers.baseAddress, together * MemoryLayout<UInt64>.stride) == 0
            precondition(isDrawn, "the system has no random numbers")
            count = together
        }
    }
}
