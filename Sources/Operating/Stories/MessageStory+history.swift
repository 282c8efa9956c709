import FoundationEssentials
import GatewayCore

extension MessageStory {
    /// Attempts, reports and what the customer was notified of, in time order; at one moment in the order of the
    /// causes.
    var history: [(at: Date, what: String)] {
        let ended: (at: Date, what: String)? =
            message.state.isFinal ? (message.changedAt, "\(message.state.inWords), for good\(reasonOfEnd)") : nil
        let all =
            beginning + attempts.map { ($0.endedAt, $0.inWords) }
            + cancelAttempts.map { ($0.endedAt, $0.inWords(at: mmsc ?? "its MMSC")) }
            + reports.map { ($0.receivedAt, $0.inWords) }
            + (ended.map { [$0] } ?? []) + notifications.map { ($0.call.heardAt ?? $0.createdAt, $0.inWords) }
        return all.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map(\.element)
    }

    /// The reason in words for a message that ended before any MMSC answered; else the answer or the report has the
    /// reason.
    private var reasonOfEnd: String {
        guard case .aborted = message.state, let reason = message.statusText else { return "" }
        return ": \(reason)"
    }

    private var beginning: [(at: Date, what: String)] {
        var entries: [(at: Date, what: String)] = [(batch.createdAt, "accepted from the customer")]
        if batch.modifiedAt > batch.createdAt {
            entries.append((batch.modifiedAt, batch.isCanceled ? "batch cancelled" : "batch changed by the customer"))
        }
        if let sendAt = batch.order.sendAt, sendAt > batch.createdAt {
            entries.append((sendAt, "time to begin (send_at)"))
        }
        return entries
    }
}

extension MessageStory.Attempt {
    fileprivate var inWords: String {
        let what = event.split(separator: "_").joined(separator: " ")
        let status = [statusCode.map(String.init), statusText?.description].compactMap(\.self).joined(separator: " ")
        return "attempt \(number) at \(mmsc)" + (isResend ? ", a resend" : "") + ": \(what)"
            + (status.isEmpty ? "" : ", \(status)")
    }
}

extension MessageStory.CancelAttempt {
    fileprivate func inWords(at mmsc: String) -> String {
        let what =
            switch outcome {
            case "withdrawn": "taken back, 1000"
            case "again": "tried again"
            default: "the message stays"
            }
        return "CancelReq \(number) at \(mmsc): \(what)" + (reason.map { ", \($0)" } ?? "")
    }
}

extension MessageStory.Report {
    fileprivate var inWords: String {
        "report: \(status)" + (statusText.map { ", \($0)" } ?? "")
            + (happenedAt.map { ", at the MMSC \($0.inUTC)" } ?? "")
    }
}

extension MessageStory.Notification {
    fileprivate var inWords: String { inWords(of: state.map { "'\($0.inWords)'" } ?? "the end of the batch") }

    /// - Parameter what: what the customer is notified of.
    func inWords(of what: String) -> String {
        switch call.progress {
        case .heard: "webhook\(destination): the customer heard \(what), after \(tries)"
        case .due(let dueAt): "webhook\(destination): \(what) waits to be sent, next at \(dueAt.inUTC), after \(tries)"
        case .held: "webhook\(destination): \(what) waits until what happened before it was sent"
        case .givenUp: "webhook\(destination): \(what) was given up, after \(tries)"
        }
    }

    /// The target that is notified: a server without the path and the secrets of its address, or a name. The customer's
    /// own address has none.
    private var destination: String { call.target.isEmpty ? "" : " at \(call.target)" }

    private var tries: String {
        let count = "\(call.tries) \(call.tries == 1 ? "try" : "tries")"
        let since = call.tries > 1 ? call.firstTriedAt.map { " since \($0.inUTC)" } : nil
        return count + (since ?? "") + (call.reason.map { ", last \($0)" } ?? "")
    }
}
