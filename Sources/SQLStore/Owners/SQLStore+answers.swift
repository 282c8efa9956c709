package import FoundationEssentials
package import GatewayCore

extension SQLStore {
    package func keptAnswer(
        to key: String, of owner: Owner, now: Date
    ) async throws(StoreFailure) -> KeptAnswer? {
        let (isClockSettled, life) = (writer.isClockSettled(), writer.answerLife)
        return try await customerReads.read(for: owner) { (snapshot) throws(SQLError) in
            guard let number = try snapshot.connection.number(of: owner) else { return nil }
            let since = try snapshot.connection.beginning(
                of: life, endingAt: now, isClockSettled: isClockSettled)
            return try snapshot.connection.keptAnswer(to: key, of: owner, number: number, since: since)
        }
    }

    package func keep(_ answer: KeptAnswer) async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLError) in
            try transaction.keep(answer)
        }
    }
}
