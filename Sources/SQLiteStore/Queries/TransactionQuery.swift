/// The frame around what is written.
enum TransactionQuery: String, Query {
    case begin = "BEGIN IMMEDIATE"
    case commit = "COMMIT"
    case rollBack = "ROLLBACK"
    case beat = "UPDATE pulse SET beats = beats + 1 WHERE id = 1"
}
