package import GatewayCore

/// What a kind of database does for a connection. It is used by one thread at a time.
package protocol Driver: AnyObject {
    var dialect: Dialect { get }
    /// Rows inserted, changed or deleted since the connection was opened.
    var totalChanges: Int { get }

    func prepare(_ sql: String, named name: String) throws(SQLError) -> any Statement
    /// Begins a transaction that writes; no other writes at the same time.
    func begin() throws(SQLError)
    /// Begins a transaction that reads: all its statements see the same state.
    func beginReading() throws(SQLError)
    /// Makes what was written durable.
    func commit() throws(SQLError)
    /// Whether an error may be of an earlier statement than the one that was run last, so that nobody knows whose it is.
    var hasLateErrors: Bool { get }
    /// Rolls an open transaction back; does nothing where the database has ended it.
    func rollBack()
    /// What callers are told of an error of a transaction that writes, after it was rolled back: the driver makes sure
    /// that a failed commit is not found later, or says that it may be.
    func failure(after error: SQLError) -> StoreFailure

    /// - Throws: when the database is so large that nothing new is accepted.
    func requireRoom() throws(SQLError)
    func size() throws(SQLError) -> DatabaseSize
    /// Closes the connection; does nothing if it is closed. Statements have to be let go of before.
    func close()
}

/// How large a database is, in bytes.
package struct DatabaseSize: Sendable, Equatable {
    package var bytes: Int
    /// What is free within it.
    package var freeBytes: Int

    package init(bytes: Int, freeBytes: Int) {
        self.bytes = bytes
        self.freeBytes = freeBytes
    }
}

/// A prepared statement; it belongs to one connection and is used on that connection's thread.
package protocol Statement: AnyObject {
    /// Sets every parameter.
    ///
    /// - Throws: when the names are not those of the statement.
    func bind(_ bindings: Bindings) throws(SQLError)
    /// Runs until the next row; false at the end.
    func step() throws(SQLError) -> Bool
    /// Runs to the end, now or before the next statement that is waited for.
    func write(changing count: Int?) throws(SQLError)
    /// Rows that the statement changed in its last run, which has ended.
    var changes: Int { get }
    /// Releases locks and bound values: a cached statement keeps no customer's text.
    func reset()

    /// The integer in a column, the first being 0; nil when it is NULL.
    func integer(at column: Int32) -> Int64?
    /// The text in a column, the first being 0; nil when it is NULL.
    func text(at column: Int32) -> String?
    /// The octets in a column, the first being 0; none when it is NULL.
    func octets(at column: Int32) -> [UInt8]
    /// An error about the row at hand.
    func unreadable(_ column: Int32) -> SQLError
}
