/// A table of the gateway's data as a database has it, for a copy of all its rows into another kind of database.
package struct CopiedTable: Sendable {
    package struct Column: Sendable, Equatable {
        package let name: String
        package let kind: Kind
        /// Whether it is there without being declared: SQLite's `rowid`, which only some tables need.
        package let isHidden: Bool

        package init(_ name: String, _ kind: Kind, isHidden: Bool = false) {
            (self.name, self.kind, self.isHidden) = (name, kind, isHidden)
        }
    }

    package enum Kind: Sendable {
        /// Also a flag, as 0 or 1.
        case integer
        case text
        case octets
    }

    package let name: String
    package var columns: [Column]
    /// The columns of the primary key, in its order.
    package var key: [String]
    /// The column whose values the database gives out by itself, one after the other.
    package var numbered: String?

    package init(_ name: String, columns: [Column] = [], key: [String] = [], numbered: String? = nil) {
        (self.name, self.columns, self.key, self.numbered) = (name, columns, key, numbered)
    }
}
