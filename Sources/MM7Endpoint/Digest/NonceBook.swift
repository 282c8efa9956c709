import Crypto
import GatewayCore
import Synchronization

/// The nonces of HTTP Digest: made without keeping anything, each with its time and a seal, and good for five minutes.
/// What is kept is how often each was used, so that a request that somebody has overheard is not taken again.
///
/// That is bounded: where too many nonces are in use, the older half is forgotten, and what is as old as they are is not
/// taken any more. A client then gets a new nonce and goes on.
final class NonceBook: Sendable {
    /// The uses of one nonce.
    private struct Uses {
        let seconds: UInt32
        private var highest: UInt32
        /// The counts from the highest downwards, the highest at the lowest bit: requests overtake each other.
        private var seen: UInt64 = 1

        init(_ count: UInt32, seconds: UInt32) {
            highest = count
            self.seconds = seconds
        }

        /// False for a count that was used, or that is too far behind to know.
        mutating func take(_ count: UInt32) -> Bool {
            if count > highest {
                let step = count - highest
                seen = step < 64 ? seen << step | 1 : 1
                highest = count
                return true
            }
            let distance = highest - count
            guard distance < 64, seen & (1 << distance) == 0 else { return false }
            seen |= 1 << distance
            return true
        }
    }

    private struct State {
        var uses: [String: Uses] = [:]
        /// Nonces of this second and of those before it are taken only while their uses are known.
        var forgotten: UInt32?
    }

    static let life: UInt32 = 300
    static let memory = 4096

    private let key: SymmetricKey
    private let clock: MonotonicClock
    private let start: MonotonicClock.Instant
    private let state = Mutex(State())

    init(clock: MonotonicClock) {
        key = SymmetricKey(size: .bits256)
        self.clock = clock
        start = clock.now
    }

    /// Nonces whose uses are remembered.
    var count: Int { state.withLock { $0.uses.count } }

    /// A new nonce, which is good for this MMSC alone.
    func nonce(for mmsc: String) -> String {
        let text =
            Self.digits(of: now) + Self.digits(of: .random(in: .min ... .max))
            + Self.digits(of: .random(in: .min ... .max))
        return text + seal(text, mmsc)
    }

    /// Whether the nonce is one of ours, is not too old, and was not used by this count.
    func take(_ nonce: String, _ count: UInt32, for mmsc: String) -> Bool {
        let text = String(nonce.prefix(24))
        guard nonce.utf8.count == 56, Secret(seal(text, mmsc)).matches(nonce.dropFirst(24)),
            let seconds = UInt32(text.prefix(8), radix: 16)
        else { return false }
        let now = now
        guard seconds <= now, now - seconds < Self.life else { return false }
        return state.withLock { state in
            if state.uses[nonce] != nil { return state.uses[nonce]?.take(count) ?? false }
            if let forgotten = state.forgotten, seconds <= forgotten { return false }
            if state.uses.count >= Self.memory { Self.forget(&state, now) }
            state.uses[nonce] = Uses(count, seconds: seconds)
            return true
        }
    }

    private static func forget(_ state: inout State, _ now: UInt32) {
        state.uses = state.uses.filter { now - $0.value.seconds < life }
        guard state.uses.count >= memory else { return }
        let oldest = state.uses.sorted { $0.value.seconds < $1.value.seconds }.prefix(memory / 2)
        for (nonce, _) in oldest { state.uses[nonce] = nil }
        state.forgotten = oldest.last?.value.seconds
    }

    private var now: UInt32 {
        UInt32(clamping: Int64(start.duration(to: clock.now) / .seconds(1)))
    }

    /// 16 octets of a hash that nobody else can make.
    private func seal(_ text: String, _ mmsc: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array("\(text) \(mmsc)".utf8), using: key)
        return DigestAlgorithm.hexadecimal(code.prefix(16))
    }

    private static func digits(of number: UInt32) -> String {
        DigestAlgorithm.hexadecimal((0..<4).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) })
    }
}
