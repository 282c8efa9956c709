extension Migration {
    /// What a gateway that runs for years needs. Each noun has its part in a file of its own.
    static let operation = Migration(
        number: 3,
        script: [V003.calls, V003.traces, V003.retention, V003.find, V003.restoration].joined(separator: "\n\n"))
}

/// The changes and tables of the third schema.
enum V003 {}
