package import GatewayCore

/// The database of a stopped gateway, open for a copy from it or into it: in a transaction, and with the right that no
/// gateway runs on it meanwhile.
package protocol CopiedDatabase: AnyObject {
    /// For people; nothing secret is in it.
    var name: String { get }
    var driver: any Driver { get }

    /// Those of the named tables that are there.
    var tables: [CopiedTable] { get }
    /// The highest number that the table has given out by itself, also to a row that is gone; nil for none.
    func lastNumber(of table: CopiedTable) throws(SQLError) -> Int64?
    /// Ends the writing of a table's rows.
    ///
    /// - Parameter number: behind which the table goes on, where it gives out any; nil for none.
    func complete(_ table: CopiedTable, lastNumber number: Int64?) throws(SQLError)

    /// Makes what was written durable. Without it nothing is kept.
    func finish() throws(StoreFailure)
    /// Gives the database back; does nothing if that was done.
    func close()
}
