import CustomerServing
import GatewayCore

/// A group as the API prints it: without its members, and with `child_groups` also where there are none.
struct GroupBody: Encodable {
    let id: String
    let name: String?
    let size: Int
    let createdAt: Timestamp
    let modifiedAt: Timestamp
    let childGroups: [String]
    let autoUpdate: AutoUpdateBody?

    init(_ group: Group) {
        id = group.id.description
        name = group.name
        size = group.size
        createdAt = Timestamp(group.createdAt)
        modifiedAt = Timestamp(group.modifiedAt)
        childGroups = group.children.map(\.description)
        autoUpdate = group.autoUpdate.map { AutoUpdateBody($0) }
    }

    enum CodingKeys: String, CodingKey {
        case id, name, size
        case createdAt = "created_at"
        case modifiedAt = "modified_at"
        case childGroups = "child_groups"
        case autoUpdate = "auto_update"
    }
}

/// `auto_update`, in requests and in answers.
struct AutoUpdateBody: Codable {
    var to: String?
    var add: Words?
    var remove: Words?

    struct Words: Codable {
        var firstWord: String?
        var secondWord: String?

        enum CodingKeys: String, CodingKey {
            case firstWord = "first_word"
            case secondWord = "second_word"
        }
    }

    private static let longestWord = 15

    init(_ update: Group.AutoUpdate) {
        to = update.to
        add = update.add.map { Words(firstWord: $0.first, secondWord: $0.second) }
        remove = update.remove.map { Words(firstWord: $0.first, secondWord: $0.second) }
    }

    /// - Throws: `violation` for a missing member or one that is no single word; `badFormat` for a text that is no
    ///   number.
    func checked() throws(MalformedRequest) -> Group.AutoUpdate {
        guard let to else { throw .violation(at: "auto_update.to", "must be present") }
        guard let number = Originator(to), number.text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw .badFormat(at: "auto_update.to", "must be a number or a short code\(to.hiddenObstacle)")
        }
        return Group.AutoUpdate(
            to: number.text, add: try Self.words(add, "add"), remove: try Self.words(remove, "remove"))
    }

    private static func words(_ words: Words?, _ member: String) throws(MalformedRequest) -> Group.AutoUpdate.Words? {
        guard let words else { return nil }
        guard let first = words.firstWord else {
            throw .violation(at: "auto_update.\(member).first_word", "must be present")
        }
        try check(first, "\(member).first_word")
        if let second = words.secondWord { try check(second, "\(member).second_word") }
        return Group.AutoUpdate.Words(first: first, second: words.secondWord)
    }

    private static func check(_ word: String, _ member: String) throws(MalformedRequest) {
        try word.checkLength(of: "auto_update.\(member)", limit: longestWord)
        guard !word.isEmpty, !word.contains(where: \.isWhitespace) else {
            throw .violation(at: "auto_update.\(member)", "must be a single word")
        }
    }
}
