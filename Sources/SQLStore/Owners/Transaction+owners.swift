import FoundationEssentials
import GatewayCore

extension Transaction {
    /// The owner's number; an owner without one gets it now.
    func number(of owner: Owner) throws(SQLError) -> Int {
        if let number = try connection.number(of: owner) { return number }
        let columns = owner.columns
        try connection.write(OwnerQuery.insert, [":kind": .text(columns.kind), ":name": .text(columns.id)])
        guard let number = try connection.number(of: owner) else { throw .unreadable("an owner that was just written") }
        return number
    }

    /// The owner with a number.
    func owner(_ number: Int) throws(SQLError) -> Owner {
        if let owner = tally.owners[number] { return owner }
        let owner = try connection.first(OwnerQuery.name, [":id": .integer(number)]) { (row) throws(SQLError) in
            try row.owner()
        }
        guard let owner else { throw .unreadable("an owner of something") }
        tally.owners[number] = owner
        return owner
    }

    /// Keeps an answer, unless its key already has one; does nothing for nil.
    func keep(_ answer: KeptAnswer?) throws(SQLError) {
        if let answer { _ = try keep(answer, of: number(of: answer.owner)) }
    }

    /// Keeps an answer, unless its key already has one, which is returned then.
    func keep(_ answer: KeptAnswer, of owner: Int) throws(SQLError) -> KeptAnswer? {
        if let kept = try kept(answer, of: owner) { return kept }
        let since = try beginning(of: answerLife, endingAt: answer.at)
        try connection.write(
            OwnerQuery.keepAnswer,
            [
                ":owner": .integer(owner), ":key": .text(answer.key), ":request": .text(answer.request),
                ":status": .integer(answer.status), ":body": .text(String(decoding: answer.body, as: UTF8.self)),
                ":created_at": .time(answer.at), ":since": .time(since),
            ])
        try connection.write(OwnerQuery.dropAgedAnswers, [":since": .time(since)])
        return nil
    }

    /// The answer that the same key got within its life; nil for no answer.
    func kept(_ answer: KeptAnswer?) throws(SQLError) -> KeptAnswer? {
        guard let answer else { return nil }
        return try kept(answer, of: number(of: answer.owner))
    }

    /// The answer that the same key got within its life.
    func kept(_ answer: KeptAnswer, of owner: Int) throws(SQLError) -> KeptAnswer? {
        try connection.keptAnswer(
            to: answer.key, of: answer.owner, number: owner,
            since: try beginning(of: answerLife, endingAt: answer.at))
    }
}

extension Connection {
    /// The owner's number; nil for an owner that the store has never seen.
    func number(of owner: Owner) throws(SQLError) -> Int? {
        let columns = owner.columns
        return try first(
            OwnerQuery.find, [":kind": .text(columns.kind), ":name": .text(columns.id)]
        ) { (row) throws(SQLError) in try row.integer() }
    }

    func keptAnswer(
        to key: String, of owner: Owner, number: Int, since: Date
    ) throws(SQLError) -> KeptAnswer? {
        try first(
            OwnerQuery.keptAnswer, [":owner": .integer(number), ":key": .text(key), ":since": .time(since)]
        ) { (row) throws(SQLError) in
            let fields = row.fields(of: KeptAnswerColumn.self)
            return KeptAnswer(
                owner: owner, key: key, request: try fields[.request].text(), status: try fields[.status].integer(),
                body: Array(try fields[.body].text().utf8), at: try fields[.createdAt].time())
        }
    }
}

enum KeptAnswerColumn: Int, Columns {
    case request, status, body, createdAt

    var sql: String { name }
}
