/// One step of the schema. A step that was released is never edited; the next one follows it.
struct PostgresMigration: Sendable {
    /// 1 for the first.
    let number: Int
    let script: String

    static let all: [PostgresMigration] = [.initial]
}
