import FoundationEssentials
import GatewayCore
import SQLStore

extension PostgresDriver {
    /// How far the machine's clock is ahead of the server's, or behind it where that is negative, at the least: what the
    /// time of the question can explain counts for nothing.
    func clockLead(now: () -> Date = { Date() }) throws(SQLError) -> Duration {
        let asked = now().milliseconds
        let answer = try query(
            "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)", doing: "asking for the time"
        ).text(0, 0)
        let answered = now().milliseconds
        guard let server = answer.flatMap({ Int64($0) }) else { throw .unreadable("the server's time") }
        return .milliseconds(server < asked ? asked - server : min(answered - server, 0))
    }
}
