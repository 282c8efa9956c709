import GatewayCore

/// Admits requests with the same Idempotency-Key one after the other, so that the second finds the answer of the first.
actor IdempotencyLock {
    /// Those who wait for the request in progress, by key.
    private var waiting: [String: WaitList<CheckedContinuation<Void, Never>>] = [:]
    private var lastNumber = 0

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
            waiting[key] = WaitList()
            return
        }
        lastNumber += 1
        await withCheckedContinuation { waiting[key]?.append($0, as: lastNumber) }
    }

    private func leave(_ key: String) {
        if let next = waiting[key]?.removeFirst() {
            next.resume()
        } else {
            waiting[key] = nil
        }
    }
}
