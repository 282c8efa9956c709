/// The frame around what is written.
enum TransactionQuery: String, Query {
    case begin = "BEGIN IMMEDIATE"
    /// For several statements that have to see the same.
    case beginReading = "BEGIN DEFERRED"
    case commit = "COMMIT"
    case rollBack = "ROLLBACK"
    case beat = "UPDATE pulse SET beats = beats + 1 WHERE id = 1"
}
