package import GatewayCore
import SQLStore

/// What gateways have shared in a database beside what the store keeps there, for a gateway that goes on by itself.
package struct SharedCopySource {
    private let connection: Connection

    package init(_ source: PostgresCopySource) {
        connection = Connection(source.driver)
    }

    /// The keys that the gateways made for themselves.
    package func keys() throws(StoreFailure) -> [(name: String, octets: [UInt8])] {
        do throws(SQLError) {
            return try connection.rows(MediumQuery.keys) { (row) throws(SQLError) in
                (try row.text(), row.next().octets())
            }
        } catch {
            throw StoreFailure(error)
        }
    }

    /// The names of the media that follow on one, in their order, some thousand at most; none behind the last.
    package func hashes(after last: String) throws(StoreFailure) -> [String] {
        do throws(SQLError) {
            return try connection.rows(MediumQuery.hashes, [":after": .text(last), ":limit": .integer(5_000)]) {
                (row) throws(SQLError) in try row.text()
            }
        } catch {
            throw StoreFailure(error)
        }
    }

    package func bytes(of hash: String) throws(StoreFailure) -> [UInt8] {
        do throws(SQLError) {
            let bytes = try connection.first(MediumQuery.bytes, [":hash": .text(hash)]) { row in row.next().octets() }
            guard let bytes else { throw .mistake("a medium that was listed is not there") }
            return bytes
        } catch {
            throw StoreFailure(error)
        }
    }
}
