import Synchronization
package import Trust

/// Asynchronous HTTP over one libcurl multi handle on its own thread.
///
/// The client does not bound how many requests are in flight: callers do. A request that waits for one of the
/// `maxConnectionsPerHost` connections waits inside libcurl, and its time-out is running.
package final class HTTPClient: Sendable {
    private let mailbox: Mailbox
    private let counters = ClientCounters()
    private let lastURL = Mutex<(given: String, sent: String)?>(nil)

    /// Starts the client's thread.
    ///
    /// - Throws: `.other` when libcurl or the thread cannot be set up.
    package init(_ configuration: Configuration = .init()) throws(HTTPFailure) {
        let multi = try MultiHandle(configuration)
        let mailbox = Mailbox(waking: multi)
        self.mailbox = mailbox
        let counters = self.counters
        try DedicatedThread.start {
            TransferLoop(multi: multi, mailbox: mailbox, configuration: configuration, counters: counters).run()
        }
    }

    deinit {
        mailbox.close(notifying: nil)
    }

    /// Sends one request and collects its response, whatever the status.
    ///
    /// Cancelling the task ends the transfer and its connection.
    ///
    /// - Parameter pass: into the group with which it may be ended.
    /// - Throws: When there is no complete response. `requestMayHaveArrived` says whether repeating is safe.
    package func send(
        _ request: HTTPRequest, by pass: RequestGroup.Pass? = nil
    ) async throws(HTTPFailure) -> HTTPResponse {
        var request = request
        request.url = try sendable(request.url)
        try request.validate()
        return try await start(request, by: pass)
    }

    /// The URL in the form in which it is sent. The last one is cached, since most requests go to the same URL as the
    /// one before.
    private func sendable(_ url: String) throws(HTTPFailure) -> String {
        if let last = lastURL.withLock(\.self), last.given == url { return last.sent }
        let sent = try WebURL(url).text
        lastURL.withLock { $0 = (url, sent) }
        return sent
    }

    private func start(_ request: HTTPRequest, by pass: RequestGroup.Pass?) async throws(HTTPFailure) -> HTTPResponse {
        let ticket = Ticket()
        // The mark is set first: if the loop gets the cancellation before the request, it finds the mark with the request.
        let end: @Sendable () -> Void = { [mailbox] in
            ticket.cancel()
            mailbox.post(.cancel(ticket))
        }
        guard pass?.admit(ticket, end: end) ?? true else {
            throw HTTPFailure(.cancelled, "the requests of its group were ended")
        }
        defer { pass?.leave(ticket) }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let pending = PendingRequest(ticket: ticket, request: request, continuation: continuation)
                if !mailbox.post(.start(pending)) {
                    continuation.resume(returning: .failure(.shutDown))
                }
            }
        } onCancel: {
            end()
        }
        // Decoding is done here, not on the client's thread, where all others would wait for it.
        switch result {
        case .success(let response): return try request.decode(response)
        case .failure(let failure): throw request.decode(failure)
        }
    }

    /// Refuses new requests, ends those in flight with `.cancelled`, closes all connections and ends the thread.
    ///
    /// Returns when that is done; calling it again waits for the same end.
    package func shutdown() async {
        await withCheckedContinuation { continuation in
            mailbox.close(notifying: continuation)
        }
    }

    /// The counters since the start.
    package var statistics: Statistics {
        Statistics(
            requests: counters.requests.load(ordering: .relaxed),
            connectionsOpened: counters.connectionsOpened.load(ordering: .relaxed)
        )
    }
}

extension HTTPClient {
    /// What all requests of a client have in common.
    package struct Configuration: Sendable {
        /// Connections to one host and port at a time; 0 is no limit.
        package var maxConnectionsPerHost = 0
        /// Connections kept open for later requests, those in use included. Less than the requests in flight
        /// means that connections are closed which were about to be used again.
        package var maxIdleConnections = 256
        /// The longest that a connection may be idle and still be used again, in whole seconds.
        ///
        /// It should be below the peers' keep-alive time-out: a request that crosses the peer's closing is lost.
        package var maxIdleAge = Duration.seconds(30)
        package var userAgent = "mm7-gateway"
        package var protocolVersion = ProtocolVersion.http2OverTLS
        /// The longest that a connection is used. Certificates that were renewed on either side count from the next one.
        package var maxConnectionLife = Duration.seconds(600)
        /// For requests that bring no trust of their own.
        package var trust = TLSTrust()

        /// What the certificates of peers are checked for.
        package var verification = Verification.all

        package init() {}
    }

    /// What a peer has to prove over TLS.
    package enum Verification: Sendable, Equatable {
        /// Its name, by an authority that is trusted and at this time.
        case all
        /// That it has this key and no other, given as `curl --pinnedpubkey` has it; nothing else of its certificate
        /// counts. For a server whose certificate is a file of ours.
        case key(String)
        /// Nothing: for those who say no secret and ask only whether somebody answers.
        case nothing
    }

    /// The highest version spoken.
    package enum ProtocolVersion: Sendable {
        case http1
        /// HTTP/2 where a TLS peer offers it, HTTP/1.1 elsewhere.
        case http2OverTLS
    }

    package struct Statistics: Sendable, Equatable {
        /// Requests taken from callers, each counted once however it ended.
        package var requests: Int
        /// Connections opened, as far as the requests that used them have ended.
        package var connectionsOpened: Int
    }
}
