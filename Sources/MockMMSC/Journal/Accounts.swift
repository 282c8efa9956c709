import Synchronization

/// What was received and taken under each TransactionID. From this a submission that is repeated after a lost answer
/// gets the first answer again and is not delivered twice, and another process can compare its own records.
final class Accounts: Sendable {
    /// Small, for there may be a million: numbers of half a word, and a MessageID that is made again from its number.
    struct Account: Sendable, Equatable {
        var received: UInt32 = 0
        var accepted: UInt32 = 0
        var recipients: UInt32
        /// What the MessageID ends with; 0 as long as nothing was taken.
        fileprivate(set) var number: UInt32 = 0
    }

    /// What a submission that is taken is answered with.
    struct Receipt: Sendable, Equatable {
        var messageID: String
        /// Whether it was taken before, and is not delivered again.
        var isRepeated: Bool
        /// The recipients that the first one was not taken for, as the answer names them; nil if it was for all.
        var details: String?
    }

    private struct State {
        var accounts: [String: Account] = [:]
        /// Details of the few messages that were taken in part.
        var details: [String: String] = [:]
        var order: Recent<String>
        var lastNumber: UInt32 = 0
        /// MessageIDs that were taken back, and in which order.
        var cancelled: Set<String> = []
        var cancelOrder: Recent<String>
    }

    private let state: Mutex<State>
    /// Differs in each run, because MessageIDs stay in the peer's store for longer.
    private let prefix: String
    /// Called once for each account that was dropped for a newer one.
    private let onForgotten: @Sendable () -> Void

    init(limit: Int = 1_000_000, prefix: String, onForgotten: @escaping @Sendable () -> Void = {}) {
        self.prefix = prefix
        self.onForgotten = onForgotten
        state = Mutex(State(order: Recent(limit: limit), cancelOrder: Recent(limit: limit)))
    }

    /// Notes a submission that is not taken.
    func refuse(_ transactionID: String, recipients: Int) {
        change(transactionID, recipients) { _, _ in }
    }

    /// Notes a submission that is taken.
    ///
    /// - Parameter details: what to remember of recipients that it is not taken for; a repetition changes nothing
    /// there.
    func take(_ transactionID: String, recipients: Int, details: String? = nil) -> Receipt {
        change(transactionID, recipients) { state, account in
            account.accepted += 1
            let isRepeated = account.number > 0
            if !isRepeated {
                state.lastNumber += 1
                account.number = state.lastNumber
                if let details { state.details[transactionID] = details }
            }
            return Receipt(
                messageID: messageID(account.number), isRepeated: isRepeated, details: state.details[transactionID])
        }
    }

    /// Whether the MessageID was given to a message.
    func knows(messageID: String) -> Bool {
        guard messageID.hasPrefix(prefix + "-"), let number = UInt32(messageID.dropFirst(prefix.count + 1)) else {
            return false
        }
        return number > 0 && state.withLock { number <= $0.lastNumber }
    }

    /// Notes that a message was taken back.
    func cancel(_ messageID: String) {
        state.withLock { state in
            guard state.cancelled.insert(messageID).inserted else { return }
            if let forgotten = state.cancelOrder.append(messageID) { state.cancelled.remove(forgotten) }
        }
    }

    func isCancelled(_ messageID: String) -> Bool { state.withLock { $0.cancelled.contains(messageID) } }

    /// All that are known, the oldest first.
    var transactionIDs: [String] { state.withLock { $0.order.elements } }

    /// The accounts of some: asked for in small lots, so that submissions need not wait for a long list.
    func accounts(of transactionIDs: ArraySlice<String>) -> [(transactionID: String, account: Account)] {
        state.withLock { state in
            transactionIDs.compactMap { name in state.accounts[name].map { (name, $0) } }
        }
    }

    /// The MessageID that an account has; nil as long as nothing was taken.
    func messageID(of account: Account) -> String? {
        account.number > 0 ? messageID(account.number) : nil
    }

    private func messageID(_ number: UInt32) -> String { "\(prefix)-\(number)" }

    private func change<Result>(
        _ transactionID: String, _ recipients: Int, _ body: (inout State, inout Account) -> Result
    ) -> Result {
        let (result, isForgetting) = state.withLock { state in
            let known = state.accounts[transactionID]
            var account = known ?? Account(recipients: UInt32(clamping: recipients))
            account.received += 1
            let result = body(&state, &account)
            state.accounts[transactionID] = account
            guard known == nil, let forgotten = state.order.append(transactionID) else { return (result, false) }
            state.accounts[forgotten] = nil
            state.details[forgotten] = nil
            return (result, true)
        }
        if isForgetting { onForgotten() }
        return result
    }
}
