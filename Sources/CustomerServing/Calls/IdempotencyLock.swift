/// Lets requests with the same Idempotency-Key in one after the other, so that the second finds the answer of the first.
actor IdempotencyLock {
    /// Who waits behind the request that is carried out, by key.
    private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]

    /// Does the work while no other request with the key is carried out.
    nonisolated func withLock<Value>(on key: String, _ work: () async throws -> Value) async throws -> Value {
        await enter(key)
        do {
            let value = try await work()
            await leave(key)
            return value
        } catch {
            await leave(key)
            throw error
        }
    }

    private func enter(_ key: String) async {
        guard waiting[key] != nil else {
            waiting[key] = []
            return
        }
        await withCheckedContinuation { waiting[key]?.append($0) }
    }

    private func leave(_ key: String) {
        guard let others = waiting[key], let next = others.first else {
            waiting[key] = nil
            return
        }
        waiting[key]?.removeFirst()
        next.resume()
    }
}
