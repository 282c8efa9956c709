import GatewayConfiguration
import GatewayCore
import SQLiteStore

extension Gateway {
    /// Nothing behind this knows which store it is.
    func openStore(_ signals: WorkSignals) async throws(StoreFailure) -> any Store & BoundedStore {
        try await SQLiteStore.open(
            directory: configuration.dataDirectory, signals: signals, now: clock.now(),
            sizeLimitBytes: configuration.store.sizeLimitBytes, busyTimeout: configuration.store.busyTimeout,
            targets: APIs.targets(in: directory, by: configuration), answerLife: configuration.retention.answers,
            isClockSettled: { [clock] in clock.isSettled },
            onLastEntry: compareClock)
    }
}
