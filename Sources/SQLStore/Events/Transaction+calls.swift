import FoundationEssentials
import GatewayCore

/// A call that was claimed, before its event is read.
struct ClaimedCall: Sendable {
    let id: Call.ID
    let tries: Int
}

extension Transaction {
    /// Claims those of the calls that are still due; they are not given out again before the lease ends.
    ///
    /// - Parameter list: events and their targets, as JSON.
    func claimCalls(_ list: String, until end: Date, now: Date) throws(SQLError) -> [ClaimedCall] {
        try connection.rows(
            CallQuery.claim, [":calls": .text(list), ":now": .time(now), ":lease_until": .time(end)]
        ) { (row) throws(SQLError) in
            ClaimedCall(
                id: Call.ID(event: Event.ID(try row.integer()), target: try row.text()), tries: try row.integer())
        }
    }

    /// Records the result of a call; one that its receiver took stays so. When a call has ended, the next call of its
    /// message to the target is due.
    func record(_ result: CallResult, of call: Call.ID, now: Date) throws(SQLError) {
        let bindings: Bindings = [":event": .integer(call.event), ":target": .text(call.target), ":now": .time(now)]
        switch result {
        case .heard:
            try connection.write(CallQuery.recordHeard, bindings)
            try release(bindings)
            try connection.write(EventQuery.dropHeardNotice, [":event": .integer(call.event)])
        case .again(let dueAt, let reason):
            try connection.write(
                CallQuery.recordAgain, bindings.with([":due_at": .time(dueAt), ":reason": .text(reason)]))
            signals.events = true
        case .givenUp(let reason):
            try connection.write(CallQuery.recordGivenUp, bindings.with([":reason": .text(reason)]))
            try release(bindings)
        }
    }

    private func release(_ bindings: Bindings) throws(SQLError) {
        if connection.driver.hasLateErrors {
            // How many there were is not waited for. Where there was none, somebody looks once in vain.
            try connection.write(CallQuery.release, bindings)
            signals.events = true
        } else if try connection.run(CallQuery.release, bindings) > 0 {
            signals.events = true
        }
    }
}
