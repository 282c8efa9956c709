import CustomerServing
import GatewayCore

/// The body that makes a group, or puts another in its place.
struct GroupRequest: Decodable {
    var name: String?
    var members: [String]?
    var childGroups: [String]?
    var autoUpdate: AutoUpdateBody?
    var tags: [String]?

    enum CodingKeys: String, CodingKey {
        case name, members, tags
        case childGroups = "child_groups"
        case autoUpdate = "auto_update"
    }

    private static let longestName = 20

    /// The group and who is in it.
    ///
    /// - Throws: what is malformed, member by member.
    func checked(_ group: Group) throws(MalformedRequest) -> (Group, [MSISDN]) {
        var group = group
        group.name = try Self.name(name)
        let members = try Self.numbers(members, member: "members")
        group.children = try Self.groups(childGroups, member: "child_groups")
        group.autoUpdate = try autoUpdate?.checked()
        if let tags {
            try Tags.check(tags)
            group.tags = tags
        }
        return (group, members)
    }

    static func name(_ name: String?) throws(MalformedRequest) -> String? {
        guard let name else { return nil }
        guard !name.isEmpty else { throw .violation(at: "name", "must have at least 1 character") }
        try name.checkLength(of: "name", limit: longestName)
        try name.checkControls(of: "name")
        return name
    }

    /// Each number once; the error does not repeat one.
    static func numbers(_ texts: [String]?, member: String) throws(MalformedRequest) -> [MSISDN] {
        guard let texts else { return [] }
        guard texts.count <= Group.sizeLimit else {
            throw .violation(at: member, "size must be at most \(Group.sizeLimit), and is \(texts.count)")
        }
        var seen = Set<MSISDN>(minimumCapacity: texts.count)
        var numbers: [MSISDN] = []
        for (index, text) in texts.enumerated() {
            let number = try MSISDN(text, member: "\(member)[\(index)]")
            if seen.insert(number).inserted { numbers.append(number) }
        }
        return numbers
    }

    static func groups(_ texts: [String]?, member: String) throws(MalformedRequest) -> [Group.ID] {
        guard let texts else { return [] }
        // Each may be there twice; a list of any length would take too long to read.
        guard texts.count <= 2 * Group.childLimit else {
            throw .violation(at: member, "size must be at most \(Group.childLimit), and is \(texts.count)")
        }
        var seen = Set<Group.ID>()
        var ids: [Group.ID] = []
        for text in texts {
            let id = try group(text, member: member)
            if seen.insert(id).inserted { ids.append(id) }
        }
        guard ids.count <= Group.childLimit else {
            throw .violation(at: member, "size must be at most \(Group.childLimit), and is \(ids.count)")
        }
        return ids
    }

    static func group(_ text: String, member: String) throws(MalformedRequest) -> Group.ID {
        guard let id = Group.ID(text) else {
            throw .badFormat(at: member, "'\(text.excerpt)' is not a group id\(text.hiddenObstacle)")
        }
        return id
    }
}

/// The body of a group's update.
struct GroupUpdate: Decodable {
    let change: GroupChange

    private enum CodingKeys: String, CodingKey {
        case name, add, remove
        case addFromGroup = "add_from_group"
        case removeFromGroup = "remove_from_group"
        case childGroupsAdd = "child_groups_add"
        case childGroupsRemove = "child_groups_remove"
        case autoUpdate = "auto_update"
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        var change = GroupChange()
        change.name = try Self.member(.name, of: members) { (name: String) in try GroupRequest.name(name) ?? "" }
        change.add = try GroupRequest.numbers(members.decodeIfPresent([String].self, forKey: .add), member: "add")
        change.remove = try GroupRequest.numbers(
            members.decodeIfPresent([String].self, forKey: .remove), member: "remove")
        change.addFrom = try members.decodeIfPresent(String.self, forKey: .addFromGroup).map {
            try GroupRequest.group($0, member: "add_from_group")
        }
        change.removeFrom = try members.decodeIfPresent(String.self, forKey: .removeFromGroup).map {
            try GroupRequest.group($0, member: "remove_from_group")
        }
        change.addChildren = try GroupRequest.groups(
            members.decodeIfPresent([String].self, forKey: .childGroupsAdd), member: "child_groups_add")
        change.removeChildren = try GroupRequest.groups(
            members.decodeIfPresent([String].self, forKey: .childGroupsRemove), member: "child_groups_remove")
        change.autoUpdate = try Self.member(.autoUpdate, of: members) { (update: AutoUpdateBody) in
            try update.checked()
        }
        self.change = change
    }

    /// Absent leaves a member as it is, null takes it away.
    private static func member<Given: Decodable, Value>(
        _ key: CodingKeys, of members: KeyedDecodingContainer<CodingKeys>, _ read: (Given) throws -> Value
    ) throws -> GroupChange.Member<Value> {
        let change: Change<Given> = try members.change(key)
        return switch change {
        case .kept: .kept
        case .null: .removed
        case .set(let given): .set(try read(given))
        }
    }
}
