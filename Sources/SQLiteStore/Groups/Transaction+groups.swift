import FoundationEssentials
import GatewayCore

extension Transaction {
    func insert(
        _ columns: WrittenGroup, members: [MSISDN], keeping answer: KeptAnswer?
    ) throws(SQLiteError) -> GroupResult {
        try connection.requireRoom()
        let group = columns.group
        let owner = try number(of: group.owner)
        // A repeat would find its own name taken.
        if let answer, let kept = try kept(answer, of: owner) { return .answered(kept) }
        if let fault = try fault(of: group, owner: owner) { return fault }
        if let answer { _ = try keep(answer, of: owner) }
        try connection.run(GroupQuery.insert, columns.bindings(owner: owner))
        return try fill(group, owner: owner, members: members)
    }

    func replace(_ columns: WrittenGroup, members: [MSISDN]) throws(SQLiteError) -> GroupResult {
        try connection.requireRoom()
        let group = columns.group
        let owner = try number(of: group.owner)
        guard try connection.group(group.id, owner: owner) != nil else { return .noSuchGroup }
        if let fault = try fault(of: group, owner: owner) { return fault }
        try connection.run(GroupQuery.update, columns.changes)
        try connection.run(GroupQuery.clearMembers, [":id": .id(group.id)])
        try connection.run(GroupQuery.clearChildren, [":id": .id(group.id)])
        return try fill(group, owner: owner, members: members)
    }

    /// Adds, then removes.
    func change(
        _ id: Group.ID, of owner: Owner, by change: GroupChange, now: Date
    ) throws(SQLiteError) -> GroupResult {
        if change.mayGrow { try connection.requireRoom() }
        let owner = try number(of: owner)
        guard var group = try connection.group(id, owner: owner) else { return .noSuchGroup }
        let named = [change.addFrom, change.removeFrom].compactMap { $0 } + change.addChildren
        if let unknown = try firstUnknown(among: named, owner: owner) { return .unknownGroup(unknown) }
        group.name = change.name.applied(to: group.name)
        group.autoUpdate = change.autoUpdate.applied(to: group.autoUpdate)
        group.modifiedAt = now.wholeMilliseconds
        if let name = group.name, let other = try groupNamed(name, owner: owner), other != id { return .nameTaken }
        if try wouldOvergrow(group, by: change, owner: owner) { return .tooLarge }

        try connection.run(GroupQuery.update, Self.columns(group).changes)
        try connection.run(GroupQuery.addMembers, [":id": .id(id), ":numbers": .text(Self.list(change.add))])
        if let other = change.addFrom {
            try connection.run(GroupQuery.addMembersOf, [":id": .id(id), ":other": .id(other)])
        }
        try connection.run(GroupQuery.removeMembers, [":id": .id(id), ":numbers": .text(Self.list(change.remove))])
        if let other = change.removeFrom {
            try connection.run(GroupQuery.removeMembersOf, [":id": .id(id), ":other": .id(other)])
        }
        for child in change.addChildren {
            try connection.run(GroupQuery.addChild, [":id": .id(id), ":child": .id(child)])
        }
        for child in change.removeChildren {
            try connection.run(GroupQuery.removeChild, [":id": .id(id), ":child": .id(child)])
        }
        return try measured(id, owner: owner)
    }

    private func fill(_ group: Group, owner: Int, members: [MSISDN]) throws(SQLiteError) -> GroupResult {
        try connection.run(GroupQuery.addMembers, [":id": .id(group.id), ":numbers": .text(Self.list(members))])
        for child in group.children {
            try connection.run(GroupQuery.addChild, [":id": .id(group.id), ":child": .id(child)])
        }
        return try measured(group.id, owner: owner)
    }

    private func measured(_ id: Group.ID, owner: Int) throws(SQLiteError) -> GroupResult {
        try connection.run(GroupQuery.measure, [":id": .id(id)])
        return try connection.group(id, owner: owner).map { .done($0) } ?? .noSuchGroup
    }

    /// Why a group may not be written as it is.
    private func fault(of group: Group, owner: Int) throws(SQLiteError) -> GroupResult? {
        if let unknown = try firstUnknown(among: group.children, owner: owner) { return .unknownGroup(unknown) }
        if let name = group.name, let other = try groupNamed(name, owner: owner), other != group.id {
            return .nameTaken
        }
        return nil
    }

    private func firstUnknown(among ids: [Group.ID], owner: Int) throws(SQLiteError) -> Group.ID? {
        guard !ids.isEmpty else { return nil }
        let known = try connection.knownGroups(among: ids, owner: owner)
        return ids.first { !known.contains($0) }
    }

    private func groupNamed(_ name: String, owner: Int) throws(SQLiteError) -> Group.ID? {
        try connection.first(
            GroupQuery.named, [":owner": .integer(owner), ":name": .text(name)]
        ) { (row) throws(SQLiteError) in try row.id() }
    }

    /// Whether a change would leave more numbers or children than a group may have; what it removes does not count.
    private func wouldOvergrow(
        _ group: Group, by change: GroupChange, owner: Int
    ) throws(SQLiteError) -> Bool {
        var size = group.size + change.add.count
        if let other = change.addFrom { size += try connection.group(other, owner: owner)?.size ?? 0 }
        let children = group.children.count + change.addChildren.count
        guard size > Group.sizeLimit || children > Group.childLimit else { return false }
        // Many of them may be in it already: those that are new are counted.
        var numbers = Set(try connection.members(of: group.id))
        numbers.formUnion(change.add)
        if let other = change.addFrom { numbers.formUnion(try connection.members(of: other)) }
        return numbers.count > Group.sizeLimit || Set(group.children + change.addChildren).count > Group.childLimit
    }

    private static func columns(_ group: Group) throws(SQLiteError) -> WrittenGroup {
        do {
            return try WrittenGroup(group)
        } catch {
            throw .unreadable("a group to be written")
        }
    }

    private static func list(_ numbers: [MSISDN]) -> String { JSONColumn.plainList(numbers.lazy.map(\.digits)) }
}

extension Connection {
    func group(_ id: Group.ID, owner: Int) throws(SQLiteError) -> Group? {
        try first(GroupQuery.find, [":id": .id(id), ":owner": .integer(owner)]) { (row) throws(SQLiteError) in
            try row.group()
        }
    }

    func members(of group: Group.ID) throws(SQLiteError) -> [MSISDN] {
        try rows(GroupQuery.members, [":id": .id(group)]) { (row) throws(SQLiteError) in try row.recipient() }
    }

    func knownGroups(among ids: [Group.ID], owner: Int) throws(SQLiteError) -> Set<Group.ID> {
        let list = JSONColumn.plainList(ids.lazy.map(\.description))
        return Set(
            try rows(GroupQuery.known, [":owner": .integer(owner), ":ids": .text(list)]) { (row) throws(SQLiteError) in
                try row.id()
            })
    }
}
