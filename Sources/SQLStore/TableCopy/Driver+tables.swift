extension Driver {
    /// Whether there is anything in a table.
    package func hasRows(in table: String) throws(SQLError) -> Bool {
        let statement = try prepare("SELECT 1 FROM \"\(table)\" LIMIT 1", named: "looking into \(table)")
        defer { statement.reset() }
        try statement.bind([:])
        return try statement.step()
    }
}
