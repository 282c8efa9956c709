import GatewayCore

/// A group with its structures as text, encoded before the writer's thread gets it.
struct WrittenGroup: Sendable {
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

/// What is read of a group.
enum GroupColumn: Int, Columns {
    case id, ownerKind, ownerName, name, size, children, autoUpdate, tags, createdAt, modifiedAt

    var sql: String {
        switch self {
        case .ownerKind: "owner.kind"
        case .ownerName: "owner.name"
        case .children:
            """
            (SELECT group_concat(child, ' ')
                FROM (SELECT child FROM group_child WHERE parent = contact_group.id ORDER BY position) AS ordered)
            """
        default: "contact_group.\(name)"
        }
    }

    /// All columns, where an aggregate has another name.
    static func list(in dialect: Dialect) -> String {
        switch dialect {
        case .sqlite: list
        case .postgres:
            list(with: [
                .children:
                    "(SELECT string_agg(child, ' ' ORDER BY position) FROM group_child WHERE parent = contact_group.id)"
            ])
        }
    }
}

extension Row {
    mutating func group() throws(SQLError) -> Group {
        let fields = fields(of: GroupColumn.self)
        let children = (fields[.children].optionalText() ?? "").split(separator: " ").compactMap { ULID($0) }
        return Group(
            id: try fields[.id].id(), owner: try Owner(kind: fields[.ownerKind], name: fields[.ownerName]),
            name: fields[.name].optionalText(), size: try fields[.size].integer(), children: children,
            autoUpdate: try fields[.autoUpdate].optionalJSON(Group.AutoUpdate.self),
            tags: try fields[.tags].json([String].self), createdAt: try fields[.createdAt].time(),
            modifiedAt: try fields[.modifiedAt].time())
    }
}
