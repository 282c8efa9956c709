extension Migration {
    /// What the Conversation API needs: apps with their messages, events of its own, and what it makes of inbound
    /// messages. Each noun has its part in a file of its own.
    static let apps = Migration(
        number: 2,
        script: [
            V002.messages, V002.events, V002.inbounds, V002.appMessages, V002.apps, V002.contacts, V002.conversations,
            V002.appBatches,
        ].joined(separator: "\n\n"))
}

/// The changes and tables of the second schema.
enum V002 {}
