extension Migration {
    /// What a gateway that runs for years needs. Each noun has its part in a file of its own.
    static let operation = Migration(number: 3, script: [].joined(separator: "\n\n"))
}
