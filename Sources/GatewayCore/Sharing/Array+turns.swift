extension Array {
    /// The first elements of all queues, then their second ones, and so on, up to a limit: for owners that take turns
    /// and have nothing in progress between two looks.
    package func inTurns<Member>(_ limit: Int) -> [Member] where Element == [Member] {
        var turns: [Member] = []
        var place = 0
        while turns.count < limit {
            let next = filter { $0.count > place }.prefix(limit - turns.count).map { $0[place] }
            guard !next.isEmpty else { break }
            turns += next
            place += 1
        }
        return turns
    }
}
