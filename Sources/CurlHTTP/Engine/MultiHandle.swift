import CCurl

/// Owns the libcurl multi handle: connections, their pool, and the transfers on them.
///
/// @unchecked Sendable: it is made by the client's initialiser, which hands it on before any use. From then on all
/// calls come from the loop's thread, except `wakeUp`, whose libcurl function is made for other threads; the mailbox
/// never calls it after `close` (see `Mailbox.end`).
final class MultiHandle: @unchecked Sendable {
    private var pointer: UnsafeMutableRawPointer?

    /// libcurl's process-wide set-up, done once by the first caller.
    private static let isLibraryReady = ccurl_global_init() == CURLE_OK

    /// - Throws: `.other` when libcurl has no memory or was built without what it needs.
    init(_ configuration: HTTPClient.Configuration) throws(HTTPFailure) {
        guard Self.isLibraryReady, let pointer = curl_multi_init() else {
            throw HTTPFailure(.other(code: Int(CURLE_FAILED_INIT.rawValue)), "libcurl could not be initialised")
        }
        self.pointer = pointer
        try check(
            ccurl_multi_set_long(pointer, CURLMOPT_MAX_HOST_CONNECTIONS, configuration.maxConnectionsPerHost))
        try check(ccurl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, configuration.maxIdleConnections))
    }

    deinit {
        close()
    }

    func add(_ easy: EasyHandle) throws(HTTPFailure) {
        try check(curl_multi_add_handle(pointer, easy.pointer))
    }

    /// Removes a transfer, whatever its state. The connection of an unfinished one is closed.
    func remove(_ easy: EasyHandle) {
        // Fails only for a handle that is not in the multi handle, which is the aim.
        _ = curl_multi_remove_handle(pointer, easy.pointer)
    }

    /// Does all work that can be done without waiting.
    func perform() throws(HTTPFailure) {
        var running: Int32 = 0
        try check(curl_multi_perform(pointer, &running))
    }

    /// Waits for a socket, one of libcurl's own timers, or `wakeUp`.
    func wait(atMostMilliseconds limit: Int32) throws(HTTPFailure) {
        try check(curl_multi_poll(pointer, nil, 0, limit, nil))
    }

    /// The next transfer that has ended: its easy handle and libcurl's verdict.
    func nextEnded() -> (easy: UnsafeMutableRawPointer, code: CURLcode)? {
        var code = CURLE_OK
        return ccurl_next_ended(pointer, &code).map { ($0, code) }
    }

    /// Ends the wait of the loop, or its next one.
    func wakeUp() {
        _ = curl_multi_wakeup(pointer)
    }

    /// Closes all connections. The handle is of no use afterwards.
    func close() {
        if let pointer {
            _ = curl_multi_cleanup(pointer)
        }
        pointer = nil
    }

    private func check(_ code: CURLMcode) throws(HTTPFailure) {
        guard code == CURLM_OK else {
            throw HTTPFailure(.other(code: Int(code.rawValue)), String(cString: curl_multi_strerror(code)))
        }
    }
}
