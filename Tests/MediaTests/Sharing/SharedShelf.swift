import Foundation
import GatewayCore
import Synchronization

/// Shared media in memory, whose clock is set by the test.
final class SharedShelf: SharedMedia, SharedKeys {
    private struct State {
        var media: [String: (bytes: [UInt8], storedAt: Int64)] = [:]
        var keys: [String: [UInt8]] = [:]
        var now = Date().milliseconds
        var failure: StoreFailure?
        var calls: [String] = []
        var identity = 1
    }

    private let state = Mutex(State())

    /// The calls for content, in their order.
    var calls: [String] { state.withLock { $0.calls } }
    var hashes: Set<String> { state.withLock { Set($0.media.keys) } }

    func fail(_ failure: StoreFailure?) { state.withLock { $0.failure = failure } }
    func pass(_ duration: Duration) { state.withLock { $0.now += Int64(duration.seconds * 1000) } }
    func set(_ bytes: [UInt8], as hash: String) { state.withLock { $0.media[hash] = (bytes, $0.now) } }
    func forget(_ hash: String) { state.withLock { $0.media[hash] = nil } }

    private func called<Value>(
        _ name: String, _ body: (inout State) -> Value
    ) throws(StoreFailure) -> Value {
        let result: Result<Value, StoreFailure> = state.withLock { state in
            state.calls.append(name)
            if let failure = state.failure { return .failure(failure) }
            return .success(body(&state))
        }
        return try result.get()
    }

    func keep(_ bytes: [UInt8], as hash: String) async throws(StoreFailure) {
        try called("keep") { $0.media[hash] = (bytes, $0.now) }
    }

    func renew(_ hash: String) async throws(StoreFailure) -> Bool {
        try called("renew") { state in
            guard state.media[hash] != nil else { return false }
            state.media[hash]?.storedAt = state.now
            return true
        }
    }

    func bytes(of hash: String) async throws(StoreFailure) -> [UInt8]? {
        try called("bytes") { $0.media[hash]?.bytes }
    }

    func identity() async throws(StoreFailure) -> String { try called("identity") { "number \($0.identity)" } }
    func changeIdentity() async throws(StoreFailure) { try called("change identity") { $0.identity += 1 } }

    func missing(among hashes: [String]) async throws(StoreFailure) -> Set<String> {
        try called("missing") { state in Set(hashes.filter { state.media[$0] == nil }) }
    }

    func totalBytes() async throws(StoreFailure) -> Int {
        try called("total") { $0.media.values.reduce(0) { $0 + $1.bytes.count } }
    }

    func content(
        olderThan age: Duration, now: Date, after last: SharedMedium?, limit: Int
    ) async throws(StoreFailure) -> [SharedMedium] {
        try called("list") { state in
            let end = min(state.now, now.milliseconds) - Int64(age.seconds * 1000)
            return state.media.map { SharedMedium(hash: $0, byteCount: $1.bytes.count, storedAt: $1.storedAt) }
                .filter { $0.storedAt < end }.sorted { ($0.storedAt, $0.hash) < ($1.storedAt, $1.hash) }
                .filter { medium in last.map { ($0.storedAt, $0.hash) < (medium.storedAt, medium.hash) } ?? true }
                .prefix(limit).map(\.self)
        }
    }

    func remove(_ media: [SharedMedium]) async throws(StoreFailure) -> [SharedMedium] {
        try called("remove") { state in
            media.filter { medium in
                guard state.media[medium.hash]?.storedAt == medium.storedAt else { return false }
                state.media[medium.hash] = nil
                return true
            }
        }
    }

    func removeLoose() async throws(StoreFailure) { try called("remove loose") { _ in } }

    func key(_ name: String) async throws(StoreFailure) -> [UInt8]? { try called("key") { $0.keys[name] } }

    func key(
        _ name: String, orKeep octets: [UInt8]
    ) async throws(StoreFailure) -> (octets: [UInt8], isNew: Bool) {
        try called("key") { state in
            if let kept = state.keys[name] { return (kept, false) }
            state.keys[name] = octets
            return (octets, true)
        }
    }
}
