import GatewayCore
import Synchronization

/// A bucket in memory.
final class MemoryStorage: ContentStorage {
    private struct State {
        var objects: [String: [UInt8]] = [:]
        var failure: StoreFailure?
        var held: Set<String> = []
    }

    private let state = Mutex(State())
    /// Called when an object has been put, before the caller learns of it.
    private let onPut: @Sendable () async throws -> Void

    init(onPut: @escaping @Sendable () async throws -> Void = {}) {
        self.onPut = onPut
    }

    var objects: [String: [UInt8]] { state.withLock { $0.objects } }

    func fail(_ failure: StoreFailure?) { state.withLock { $0.failure = failure } }

    /// From now on the object cannot be removed.
    func hold(_ name: String) { state.withLock { _ = $0.held.insert(name) } }

    func put(_ bytes: [UInt8], hash: String, as name: String) async throws(StoreFailure) {
        try called { $0.objects[name] = bytes }
        do { try await onPut() } catch { throw .unavailable("\(error)") }
    }

    func bytes(of name: String, byteCount: Int) async throws(StoreFailure) -> [UInt8]? {
        try called { $0.objects[name] }
    }

    func remove(_ name: String) async throws(StoreFailure) {
        let isHeld = try called { state in
            guard !state.held.contains(name) else { return true }
            state.objects[name] = nil
            return false
        }
        if isHeld { throw .unavailable("the object is held") }
    }

    private func called<Value>(_ body: (inout State) -> Value) throws(StoreFailure) -> Value {
        let result: Result<Value, StoreFailure> = state.withLock { state in
            if let failure = state.failure { return .failure(failure) }
            return .success(body(&state))
        }
        return try result.get()
    }
}
