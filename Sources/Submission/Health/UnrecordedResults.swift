import Synchronization

/// How many outcomes of requests to each MMSC the store has not taken yet, although it was asked.
final class UnrecordedResults: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func begin(at mmsc: String) { counts.withLock { $0[mmsc, default: 0] += 1 } }

    func end(at mmsc: String) {
        counts.withLock { counts in
            let rest = counts[mmsc, default: 1] - 1
            counts[mmsc] = rest > 0 ? rest : nil
        }
    }

    func count(at mmsc: String) -> Int { counts.withLock { $0[mmsc] ?? 0 } }
}
