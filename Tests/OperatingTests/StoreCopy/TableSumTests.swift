import GatewayCore
import Testing

@testable import Operating
@testable import SQLStore

@Suite("The sum of a table")
struct TableSumTests {
    private static let rows: [[SQLValue]] = [
        [.text("a"), .integer(1), .null, .blob([1])], [.text("b"), .integer(0), .text("x"), .blob([])],
    ]

    private func plan() throws -> CopyPlan {
        let table = CopiedTable(
            "message",
            columns: [.init("id", .text), .init("is_urgent", .integer), .init("mmsc", .text), .init("body", .octets)],
            key: ["id"])
        return try CopyPlan(from: table, to: table)
    }

    private func sum(_ rows: [[SQLValue]]) -> TableSum {
        var sum = TableSum(columns: 4)
        for row in rows { sum.add(row, key: [0]) }
        return sum
    }

    private func difference(of rows: [[SQLValue]]) throws -> String? {
        sum(Self.rows).difference(of: sum(rows), in: try plan())
    }

    @Test("is the same in any order")
    func order() throws {
        #expect(try difference(of: Self.rows.reversed()) == nil)
    }

    @Test("tells in what column another value is")
    func values() throws {
        let changes: [(column: Int, value: SQLValue, name: String)] = [
            (0, .text("c"), "id"), (1, .integer(0), "is_urgent"), (2, .text(""), "mmsc"), (3, .null, "body"),
            (3, .blob([]), "body"), (3, .blob([1, 0]), "body"),
        ]
        for change in changes {
            var rows = Self.rows
            rows[0][change.column] = change.value
            #expect(try difference(of: rows)?.contains("column \(change.name)") == true, "\(change)")
        }
    }

    @Test("sees values that have changed places, and rows that are gone or twice there")
    func places() throws {
        var rows = Self.rows
        (rows[0][1], rows[1][1]) = (rows[1][1], rows[0][1])

        #expect(try difference(of: rows) == "other values in the column is_urgent")
        #expect(try difference(of: [Self.rows[0]]) == "1 rows where the source has 2")
        #expect(try difference(of: Self.rows + [Self.rows[0]]) == "3 rows where the source has 2")
    }

    @Test("is only made of columns that both databases have")
    func columns() throws {
        let id = CopiedTable.Column("id", .text)
        let one = CopiedTable("batch", columns: [id, .init("rowid", .integer, isHidden: true)], key: ["id"])
        let other = CopiedTable("batch", columns: [id, .init("rowid", .integer)], key: ["id"])
        let third = CopiedTable("batch", columns: [id, .init("text", .text)], key: ["id"])

        #expect(try CopyPlan(from: one, to: other).columns.map(\.name) == ["id", "rowid"])
        #expect(try CopyPlan(from: one, to: CopiedTable("batch", columns: [id], key: ["id"])).columns == [id])
        #expect(throws: StoreFailure.self) { try CopyPlan(from: one, to: third) }
        #expect(throws: StoreFailure.self) { try CopyPlan(from: third, to: one) }
    }
}
