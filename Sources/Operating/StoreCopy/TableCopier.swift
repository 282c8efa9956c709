import FoundationEssentials
import GatewayCore
import SQLStore

/// Copies the rows from one open database to another, and compares both before the other one keeps them.
struct TableCopier {
    private let source: any CopiedDatabase
    private let target: any CopiedDatabase

    init(from source: any CopiedDatabase, to target: any CopiedDatabase) {
        (self.source, self.target) = (source, target)
    }

    /// - Parameter names: the tables, each behind those that it refers to.
    func copy(_ names: [String], onTable: (StoreCopy.Table) -> Void) throws(StoreFailure) {
        var plans: [CopyPlan] = []
        for name in names { plans.append(try plan(of: name)) }
        var sums: [TableSum] = []
        do throws(SQLError) {
            for plan in plans {
                let sum = try copy(plan)
                onTable(StoreCopy.Table(name: plan.name, rows: sum.count))
                sums.append(sum)
            }
            try copyPulse()
        } catch {
            throw brokenOff(error)
        }
        // Behind the last row, for triggers may write to a table after it was copied.
        for (plan, sum) in zip(plans, sums) { try compare(plan, with: sum) }
        try finish()
    }

    private func finish() throws(StoreFailure) {
        do throws(StoreFailure) {
            try target.finish()
        } catch .uncertain(let text) {
            throw .uncertain("\(text). Copy again: where it was made, the target is not empty any more")
        }
    }

    private func plan(of name: String) throws(StoreFailure) -> CopyPlan {
        guard let source = source.tables.first(where: { $0.name == name }),
            let target = target.tables.first(where: { $0.name == name })
        else {
            throw .broken("nothing was copied, for one of the databases has no table \(name): it was changed by hand")
        }
        return try CopyPlan(from: source, to: target)
    }

    private func copy(_ plan: CopyPlan) throws(SQLError) -> TableSum {
        let doing = "copying \(plan.name)"
        // The table was empty at the beginning: what is in it was made by triggers, for rows that were copied before.
        if try target.driver.hasRows(in: plan.name) {
            let removal = try target.driver.prepare("DELETE FROM \"\(plan.name)\"", named: doing)
            try removal.bind([:])
            try removal.write(changing: nil)
        }
        let insertion = try target.driver.prepare(plan.insertion(in: target.driver.dialect), named: doing)
        var sum = TableSum(columns: plan.columns.count)
        try TableSlices(plan, on: source.driver).forEachRow { (row) throws(SQLError) in
            sum.add(row, key: plan.key)
            defer { insertion.reset() }
            try insertion.bind(CopyParameter.bindings(row))
            try insertion.write(changing: 1)
        }
        try target.complete(plan.target, lastNumber: source.lastNumber(of: plan.source))
        return sum
    }

    /// The identity and the count of probes stay those of the target. Whether the source is a backup that no gateway has
    /// run on goes with its rows: what is queued in it may have been sent.
    private func copyPulse() throws(SQLError) {
        let times = try source.driver.first(CopiedPulseQuery.times) { (row) throws(SQLError) in
            (keptAt: row.optionalTime(), copiedAt: row.optionalTime())
        }
        guard let times else { throw .unreadable("the pulse of the source") }
        let changed = try target.driver.run(
            CopiedPulseQuery.setTimes, [":kept_at": .time(times.keptAt), ":copied_at": .time(times.copiedAt)])
        guard changed == 1 else { throw .unreadable("the pulse of the target") }
    }

    private func compare(_ plan: CopyPlan, with expected: TableSum) throws(StoreFailure) {
        var sum = TableSum(columns: plan.columns.count)
        do throws(SQLError) {
            try TableSlices(plan, on: target.driver).forEachRow { (row) throws(SQLError) in
                sum.add(row, key: plan.key)
            }
        } catch {
            throw brokenOff(error)
        }
        guard let difference = expected.difference(of: sum, in: plan) else { return }
        throw .broken(
            "the copy of the table \(plan.name) has \(difference). Nothing was changed; see whether somebody else writes to "
                + "\(target.name), or has triggers there, and copy again")
    }

    private func brokenOff(_ error: SQLError) -> StoreFailure {
        let text = "the copy was broken off, and nothing was changed: \(error)"
        return error.kind == .broken ? .broken(text) : .unavailable(text)
    }
}

/// The times in the one row of the pulse.
private enum CopiedPulseQuery: Int, Query {
    case times, setTimes

    var sql: String {
        switch self {
        case .times: "SELECT kept_at, copied_at FROM pulse WHERE id = 1"
        case .setTimes: "UPDATE pulse SET kept_at = :kept_at, copied_at = :copied_at WHERE id = 1"
        }
    }
}
