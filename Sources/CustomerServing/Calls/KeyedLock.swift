import GatewayCore

/// Lets work with the same key be done one after the other, so that the second finds what the first has left.
package actor KeyedLock {
    /// Those who wait for the work in progress, by key.
    private var waiting: [String: WaitList<CheckedContinuation<Void, Never>>] = [:]
    private var lastNumber = 0

    package init() {}

    /// Does the work while no other with the key is done.
    package nonisolated func withLock<Value>(on key: String, _ work: () async throws -> Value) async throws -> Value {
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
