import Foundation
import SQLStore

@testable import SQLiteStore

/// The gateway's side of the account, read from its database once it has ended.
struct History: Sendable {
    /// One SubmitReq of a message as the gateway has it.
    struct Attempt: Sendable, Equatable {
        var number: Int
        var mmsc: String
        var event: String
        /// Whether the gateway counts it as resent in doubt.
        var isResend: Bool
        /// Whether anything came back.
        var isAnswered: Bool

        /// What is known of its arrival.
        var arrival: Arrival {
            if isAnswered { return .certain }
            return ["answer_lost", "lease_ended", "gave_up"].contains(event) ? .doubtful : .none
        }

        /// Whether the MMSC may have taken it and nobody knows.
        var leavesDoubt: Bool { ["answer_lost", "lease_ended"].contains(event) }
    }

    enum Arrival: Sendable {
        /// It was answered.
        case certain
        /// It was claimed, and no answer was kept: it may not even have been sent.
        case doubtful
        /// No connection was made, or it was never tried.
        case none
    }

    struct Message: Sendable {
        var id: String
        var name: Told.Name
        var state: String
        var messageID: String?
        /// As the message counts them; each of them has left an entry in `attempts`.
        var attemptCount: Int
        var attempts: [Attempt] = []
    }

    private(set) var messages: [Message]
    let batchCount: Int

    private enum Question: Int, Query {
        case batches, messages, attempts

        var sql: String {
            switch self {
            case .batches: "SELECT count(*) FROM batch"
            case .messages: "SELECT id, batch, recipient, state, message_id, attempts FROM message ORDER BY id"
            case .attempts:
                """
                SELECT message, number, mmsc, event, is_resend, status_code IS NOT NULL OR coalesce(answer, '') <> ''
                FROM attempt
                ORDER BY message, number
                """
            }
        }
    }

    /// Books made up for a test.
    init(_ messages: [Message]) {
        self.messages = messages
        batchCount = Set(messages.map(\.name.batch)).count
    }

    init(of dataDirectory: String) throws {
        let connection = try SQLiteDriver(path: dataDirectory + "/gateway.sqlite", access: .readOnly)
        defer { connection.close() }
        try self.init(reading: connection)
    }

    init(reading connection: any Driver) throws {
        batchCount = try connection.first(Question.batches) { row throws(SQLError) in try row.integer() } ?? 0
        let attempts = try connection.rows(Question.attempts) { row throws(SQLError) in
            (
                message: try row.text(),
                attempt: Attempt(
                    number: try row.integer(), mmsc: try row.text(), event: try row.text(), isResend: try row.flag(),
                    isAnswered: try row.flag())
            )
        }
        let byMessage = Dictionary(grouping: attempts, by: \.message).mapValues { $0.map(\.attempt) }
        messages = try connection.rows(Question.messages) { row throws(SQLError) in
            Message(
                id: try row.text(), name: Told.Name(batch: try row.text(), recipient: try row.text()),
                state: try row.text(), messageID: row.optionalText(), attemptCount: try row.integer())
        }
        for place in messages.indices { messages[place].attempts = byMessage[messages[place].id] ?? [] }
    }
}
