import CPostgres

/// What the server answered to a statement, with its values in binary.
final class PostgresResult {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        PQclear(handle)
    }

    var status: ExecStatusType { PQresultStatus(handle) }

    var isGood: Bool { status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK }

    var rowCount: Int32 { PQntuples(handle) }

    /// Rows inserted, changed or deleted; 0 for a statement that reads.
    var changes: Int {
        switch command.prefix(6) {
        case "INSERT", "UPDATE", "DELETE": Int(String(cString: PQcmdTuples(handle))) ?? 0
        default: 0
        }
    }

    /// The command that was done, such as `COMMIT`.
    var command: String { String(cString: PQcmdStatus(handle)) }

    /// The SQLSTATE of an error; nil where the server gave none.
    var state: String? { field(Int32(UInt8(ascii: "C"))) }

    /// The first line of an error.
    var message: String? { field(Int32(UInt8(ascii: "M"))) }

    private func field(_ code: Int32) -> String? { PQresultErrorField(handle, code).map { String(cString: $0) } }

    /// An integer of 2, 4 or 8 octets, or a boolean as 0 or 1.
    func integer(_ row: Int32, _ column: Int32) -> Int64? {
        guard let value = value(row, column) else { return nil }
        switch value.count {
        case 1: return Int64(value[0])
        case 2: return Int64(Int16(bigEndian: value.loadUnaligned(as: Int16.self)))
        case 4: return Int64(Int32(bigEndian: value.loadUnaligned(as: Int32.self)))
        case 8: return Int64(bigEndian: value.loadUnaligned(as: Int64.self))
        default: return nil
        }
    }

    func text(_ row: Int32, _ column: Int32) -> String? {
        value(row, column).map(StoredText.text)
    }

    func octets(_ row: Int32, _ column: Int32) -> [UInt8] { value(row, column).map { Array($0) } ?? [] }

    private func value(_ row: Int32, _ column: Int32) -> UnsafeRawBufferPointer? {
        guard PQgetisnull(handle, row, column) == 0 else { return nil }
        return UnsafeRawBufferPointer(
            start: PQgetvalue(handle, row, column), count: Int(PQgetlength(handle, row, column)))
    }
}
