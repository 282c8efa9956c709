import FoundationEssentials
import GatewayCore

/// What is read of a message that is due.
enum DueColumn: Int, Columns {
    case id, recipient, attempt, tries, batch, revision, sharedRequest, isUniform, mayHaveArrived, expireAt, doubts

    var sql: String {
        switch self {
        case .attempt: "message.attempts + 1"
        case .tries: "message.attempts + 1 - message.spared"
        case .revision, .isUniform: "batch_progress.\(name)"
        case .doubts:
            """
            CASE WHEN message.may_have_arrived THEN (
                SELECT count(*)
                FROM attempt
                WHERE attempt.message = message.id AND attempt.event = 'answer_lost')
            ELSE 0 END
            """
        default: "message.\(name)"
        }
    }
}

/// A message that is due, before anything is done with it.
struct DueMessage {
    let copy: Claim.Copy
    /// SubmitReqs that may have arrived.
    let doubts: Int
    let batch: Batch.ID
    let revision: Int
    /// The request it was in, with others, when the answer was lost.
    let sharedRequest: String?
    let isUniform: Bool
    let isResend: Bool
    let expireAt: Date

    init(_ row: inout Row) throws(SQLiteError) {
        let fields = row.fields(of: DueColumn.self)
        copy = Claim.Copy(
            message: try fields[.id].id(), recipient: try fields[.recipient].recipient(),
            attempt: try fields[.attempt].integer(), tries: try fields[.tries].integer())
        doubts = try fields[.doubts].integer()
        batch = try fields[.batch].id()
        revision = try fields[.revision].integer()
        sharedRequest = fields[.sharedRequest].optionalText()
        isUniform = try fields[.isUniform].flag()
        isResend = try fields[.mayHaveArrived].flag()
        expireAt = try fields[.expireAt].time()
    }

    /// Whether one SubmitReq may carry both for the first time. What was refused together is tried again alone, and a
    /// repeat carries those that it carried before and no others.
    func goes(with other: DueMessage) -> Bool {
        if copy.message == other.copy.message { return true }
        guard batch == other.batch, !isResend, !other.isResend else { return false }
        return isUniform && copy.attempt == 1 && other.copy.attempt == 1
    }

    /// - Parameter alone: under its own TransactionID, whatever it was in before.
    func claim(
        with others: some Sequence<DueMessage> = [], alone: Bool = false, at mmsc: String, turn: DueTurns.Turn
    ) -> Claim {
        Claim(
            of: copy, and: others.map(\.copy), batch: batch, revision: revision, mmsc: mmsc,
            transactionID: alone ? nil : sharedRequest, isResend: isResend, doubts: doubts, expireAt: expireAt,
            turn: turn)
    }
}

extension [DueMessage] {
    /// The SubmitReq that they were in; nil for none.
    func claim(at mmsc: String, turn: DueTurns.Turn) -> Claim? {
        first?.claim(with: dropFirst(), at: mmsc, turn: turn)
    }
}
