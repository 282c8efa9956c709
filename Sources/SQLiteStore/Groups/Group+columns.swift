import GatewayCore

/// A group with its structures as text, made before the writer's thread has to do with it.
struct GroupColumns: Sendable {
    let group: Group
    private let autoUpdate: String?
    private let tags: String

    init(_ group: Group) throws(StoreFailure) {
        self.group = group
        tags = try JSONColumn.text(group.tags)
        autoUpdate = try group.autoUpdate.map { (update) throws(StoreFailure) in try JSONColumn.text(update) }
    }

    func bindings(owner: Int) -> Bindings {
        [
            ":id": .id(group.id), ":owner": .integer(owner), ":name": .text(group.name),
            ":auto_update": .text(autoUpdate), ":auto_update_to": .text(group.autoUpdate?.to), ":tags": .text(tags),
            ":created_at": .time(group.createdAt), ":modified_at": .time(group.modifiedAt),
        ]
    }

    /// What an update writes.
    var changes: Bindings {
        [
            ":id": .id(group.id), ":name": .text(group.name), ":auto_update": .text(autoUpdate),
            ":auto_update_to": .text(group.autoUpdate?.to), ":tags": .text(tags),
            ":modified_at": .time(group.modifiedAt),
        ]
    }
}

extension Row {
    /// Reads the columns of a group in the order of its queries.
    mutating func group() throws(SQLiteError) -> Group {
        let id = try id()
        let owner = try owner()
        let name = optionalText()
        let size = try integer()
        let children = (optionalText() ?? "").split(separator: " ").compactMap { ULID($0) }
        return Group(
            id: id, owner: owner, name: name, size: size, children: children,
            autoUpdate: try optionalJSON(Group.AutoUpdate.self), tags: try json([String].self),
            createdAt: try time(), modifiedAt: try time())
    }
}
