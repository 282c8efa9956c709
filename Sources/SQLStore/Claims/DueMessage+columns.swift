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

extension DueMessage {
    init(_ row: inout Row) throws(SQLError) {
        let fields = row.fields(of: DueColumn.self)
        self.init(
            copy: Claim.Copy(
                message: try fields[.id].id(), recipient: try fields[.recipient].recipient(),
                attempt: try fields[.attempt].integer(), tries: try fields[.tries].integer()),
            batch: try fields[.batch].id(), revision: try fields[.revision].integer(),
            sharedRequest: fields[.sharedRequest].optionalText(), isUniform: try fields[.isUniform].flag(),
            isResend: try fields[.mayHaveArrived].flag(), doubts: try fields[.doubts].integer(),
            expireAt: try fields[.expireAt].time())
    }
}

/// Messages of one customer, of one urgency and in batches of about one size, that wait for the same carriers and are due.
struct DueQueue: Sendable, Equatable {
    let carriers: Carriers
    /// The customer's number in the store.
    let owner: Int
    let isUrgent: Bool
    /// The magnitude of the batch: the power of ten of the number of its messages.
    let magnitude: Int
    /// The least position of its messages.
    let dueAt: Date

    /// The queue by which its customer shares the MMSC.
    var queue: SubmissionShare.Queue {
        SubmissionShare.Queue(customer: owner, magnitude: magnitude, isUrgent: isUrgent)
    }

    /// The parameters of statements on its messages.
    var bindings: Bindings {
        [":carriers": .text(carriers.description), ":owner": .integer(owner), ":magnitude": .integer(magnitude)]
    }
}
