import CCurl
import Synchronization

/// The loop on the client's thread. It alone uses libcurl's handles and resumes the callers of accepted requests; that
/// is why each is resumed exactly once.
final class TransferLoop {
    private let multi: MultiHandle
    private let mailbox: Mailbox
    private let configuration: HTTPClient.Configuration
    private let counters: ClientCounters
    private var transfers: [ObjectIdentifier: Transfer] = [:]
    private let drains = DrainList()
    private var idleHandles: [EasyHandle] = []
    private var logins = KeptLogins()

    /// Easy handles kept for later requests: resetting one costs less than making one.
    private static let maxIdleHandles = 256

    /// The limit of a wait; libcurl's own timers and the mailbox end it earlier.
    private static let longestWait = Duration.seconds(60)

    init(multi: MultiHandle, mailbox: Mailbox, configuration: HTTPClient.Configuration, counters: ClientCounters) {
        self.multi = multi
        self.mailbox = mailbox
        self.configuration = configuration
        self.counters = counters
    }

    /// Works until the mailbox is closed.
    func run() {
        var commands: [Mailbox.Command] = []
        while mailbox.receive(into: &commands) {
            obey(commands)
            commands.removeAll(keepingCapacity: true)
            do throws(HTTPFailure) {
                try multi.perform()
                settleEnded()
                giveUpDrains()
                if mailbox.fallAsleep() {
                    let wait = min(drains.pause ?? Self.longestWait, Self.longestWait)
                    try multi.wait(atMostMilliseconds: Int32(wait.wholeMilliseconds))
                }
            } catch {
                // Out of memory or worse. Without transfers the same failure cannot repeat forever.
                endAll(error.kind, error.message)
            }
        }
        obey(commands)
        endAll(.cancelled, "the HTTP client was shut down")
        idleHandles = []
        logins = KeptLogins()
        mailbox.end(afterwards: multi.close)
    }

    private func obey(_ commands: [Mailbox.Command]) {
        for command in commands {
            switch command {
            case .start(let pending): start(pending)
            case .cancel(let ticket): cancel(ticket)
            }
        }
    }

    private func start(_ pending: PendingRequest) {
        counters.requests.add(1, ordering: .relaxed)
        guard !pending.ticket.isCancelled else {
            return pending.continuation.resume(returning: .failure(HTTPFailure(.cancelled, Self.cancellation)))
        }
        let login = pending.request.login.flatMap { logins.take($0) }
        begin(pending, on: login)
    }

    /// - Parameter login: a handle that knows the challenge which the request's login answers.
    private func begin(_ pending: PendingRequest, on login: EasyHandle?) {
        do throws(HTTPFailure) {
            let easy = if let handle = login ?? idleHandles.popLast() { handle } else { try EasyHandle() }
            let transfer = try Transfer(
                pending, on: easy, hasKeptLogin: login != nil, configuration, drains: drains)
            try multi.add(easy)
            transfers[ObjectIdentifier(pending.ticket)] = transfer
        } catch {
            pending.continuation.resume(returning: .failure(error))
        }
    }

    private func cancel(_ ticket: Ticket) {
        // If it is missing, it has ended already, or comes later and finds the ticket's mark.
        guard let transfer = transfers[ObjectIdentifier(ticket)] else { return }
        remove(transfer) { $0.end(.cancelled, Self.cancellation) }
    }

    private func settleEnded() {
        while let (easy, code) = multi.nextEnded() {
            guard let transfer = Transfer.of(easy) else { continue }
            if code == CURLE_OK, let again = transfer.repeatWithoutKeptLogin {
                remove(transfer) { _ in }
                begin(again, on: nil)
            } else {
                remove(transfer) { $0.end(with: code) }
            }
        }
    }

    private func giveUpDrains() {
        for ticket in drains.popOverdue() { cancel(ticket) }
    }

    private func endAll(_ kind: HTTPFailure.Kind, _ message: String) {
        for transfer in Array(transfers.values) {
            remove(transfer) { $0.end(kind, message) }
        }
    }

    /// Removes the transfer from libcurl, lets it give its result, and keeps its handle for another.
    private func remove(_ transfer: Transfer, ending: (Transfer) -> Void) {
        multi.remove(transfer.easy)
        counters.connectionsOpened.add(transfer.connectionsOpened, ordering: .relaxed)
        ending(transfer)
        transfers[ObjectIdentifier(transfer.ticket)] = nil
        if let login = transfer.provenLogin, (try? transfer.easy.resetKeepingLogin()) != nil {
            return logins.keep(transfer.easy, for: login)
        }
        transfer.easy.reset()
        if idleHandles.count < Self.maxIdleHandles {
            idleHandles.append(transfer.easy)
        }
    }

    private static let cancellation = "the task was cancelled"
}

/// Counters that the loop writes and anyone reads.
final class ClientCounters: Sendable {
    let requests = Atomic(0)
    let connectionsOpened = Atomic(0)
}
