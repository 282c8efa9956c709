import GatewayCore

/// A state as the columns `state`, `failure` and `message_id`.
struct StateColumns: Sendable {
    let state: String
    var failure: String?
    var messageID: String?
}

extension MessageState {
    var columns: StateColumns {
        switch self {
        case .submitted(let messageID): StateColumns(state: name, messageID: messageID)
        case .rejected(let failure), .failed(let failure), .aborted(let failure):
            StateColumns(state: name, failure: failure.rawValue)
        case .queued, .submitting, .inDoubt, .delivered, .expired, .unknown, .cancelled: StateColumns(state: name)
        }
    }

    /// Returns nil for columns that no state has. The MessageID column is kept in later states too, but is not part of
    /// them.
    init?(_ columns: StateColumns) {
        let failure = columns.failure.flatMap { Failure(rawValue: $0) }
        switch (columns.state, failure, columns.messageID) {
        case ("queued", _, _): self = .queued
        case ("submitting", _, _): self = .submitting
        case ("in_doubt", _, _): self = .inDoubt
        case ("submitted", _, let messageID?): self = .submitted(messageID: messageID)
        case ("delivered", _, _): self = .delivered
        case ("expired", _, _): self = .expired
        case ("rejected", let failure?, _): self = .rejected(failure)
        case ("failed", let failure?, _): self = .failed(failure)
        case ("unknown", _, _): self = .unknown
        case ("cancelled", _, _): self = .cancelled
        case ("aborted", let failure?, _): self = .aborted(failure)
        default: return nil
        }
    }
}

extension MessageState {
    init(_ state: Cell, failure: Cell, messageID: Cell) throws(SQLError) {
        let columns = StateColumns(
            state: try state.text(), failure: failure.optionalText(), messageID: messageID.optionalText())
        self = try state.present(MessageState(columns))
    }
}

extension Row {
    /// Reads `state` and `failure` where MessageIDs do not matter: `submitted` gets an empty one.
    mutating func stateAlone() throws(SQLError) -> MessageState {
        let columns = StateColumns(state: try text(), failure: optionalText(), messageID: "")
        return try present(MessageState(columns))
    }
}
