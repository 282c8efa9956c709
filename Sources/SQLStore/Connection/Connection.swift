/// One connection to a database with the statements prepared on it. It is used by one thread at a time, which
/// `ConnectionThread` sees to.
package final class Connection {
    package let driver: any Driver
    private var statements = PreparedStatements()

    package init(_ driver: any Driver) {
        self.driver = driver
    }

    /// Closes the connection; does nothing if it is closed.
    package func close() {
        statements = PreparedStatements()
        driver.close()
    }

    /// Runs a statement for what it changes. A database that can does not wait for its end: an error may come with a later
    /// statement of the transaction, or with its commit.
    ///
    /// - Parameter count: how many rows it has to change; nil where any number is right.
    package func write(
        _ query: some Query, _ bindings: Bindings = [:], changing count: Int? = nil
    ) throws(SQLError) {
        let statement = try prepared(query)
        defer { statement.reset() }
        try statement.bind(bindings)
        try statement.write(changing: count)
    }

    /// Runs a statement and returns how many rows it changed.
    package func run(_ query: some Query, _ bindings: Bindings = [:]) throws(SQLError) -> Int {
        let statement = try prepared(query)
        defer { statement.reset() }
        try statement.bind(bindings)
        while try statement.step() {}
        return statement.changes
    }

    /// What `read` makes of each row. It may not run the same statement again.
    package func rows<Value>(
        _ query: some Query, _ bindings: Bindings = [:], read: (inout Row) throws(SQLError) -> Value
    ) throws(SQLError) -> [Value] {
        let statement = try prepared(query)
        defer { statement.reset() }
        try statement.bind(bindings)
        var values: [Value] = []
        while try statement.step() {
            var row = Row(of: statement)
            values.append(try read(&row))
        }
        return values
    }

    /// What `read` makes of the first row; nil when there is none.
    package func first<Value>(
        _ query: some Query, _ bindings: Bindings = [:], read: (inout Row) throws(SQLError) -> Value
    ) throws(SQLError) -> Value? {
        let statement = try prepared(query)
        defer { statement.reset() }
        try statement.bind(bindings)
        guard try statement.step() else { return nil }
        var row = Row(of: statement)
        return try read(&row)
    }

    private func prepared(_ query: some Query) throws(SQLError) -> any Statement {
        if let statement = statements[query] { return statement }
        let statement = try driver.prepare(query.sql(in: driver.dialect), named: "\(query)")
        statements[query] = statement
        return statement
    }
}

/// Statements that are run seldom, prepared anew each time.
extension Driver {
    @discardableResult
    package func run(_ query: some Query, _ bindings: Bindings = [:]) throws(SQLError) -> Int {
        try Connection(self).run(query, bindings)
    }

    package func rows<Value>(
        _ query: some Query, _ bindings: Bindings = [:], read: (inout Row) throws(SQLError) -> Value
    ) throws(SQLError) -> [Value] {
        try Connection(self).rows(query, bindings, read: read)
    }

    package func first<Value>(
        _ query: some Query, _ bindings: Bindings = [:], read: (inout Row) throws(SQLError) -> Value
    ) throws(SQLError) -> Value? {
        try Connection(self).first(query, bindings, read: read)
    }
}
