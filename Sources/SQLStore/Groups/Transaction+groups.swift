import FoundationEssentials
import GatewayCore

extension Transaction {
    func insert(
        _ columns: WrittenGroup, members: [MSISDN], keeping answer: KeptAnswer?
    ) throws(SQLError) -> GroupResult {
        try connection.driver.requireRoom()
        let group = columns.group
        let owner = try number(of: group.owner)
        // A repeated request would find that its own name is taken.
        if let answer, let kept = try kept(answer, of: owner) { return .answered(kept) }
        if let refusal = try refusal(of: group, naming: group.children, owner: owner) { return refusal }
        if let answer { _ = try keep(answer, of: owner) }
        try connection.write(GroupQuery.insert, columns.bindings(owner: owner))
        return try fill(group, owner: owner, members: members)
    }

    func replace(_ columns: WrittenGroup, members: [MSISDN]) throws(SQLError) -> GroupResult {
        try connection.driver.requireRoom()
        let group = columns.group
        let owner = try number(of: group.owner)
        guard try connection.group(group.id, owner: owner) != nil else { return .noSuchGroup }
        if let refusal = try refusal(of: group, naming: group.children, owner: owner) { return refusal }
        try connection.write(GroupQuery.update, columns.changes)
        try connection.write(GroupQuery.clearMembers, [":id": .id(group.id)])
        try connection.write(GroupQuery.clearChildren, [":id": .id(group.id)])
        return try fill(group, owner: owner, members: members)
    }

    /// Adds members first, then removes members.
    func change(
        _ id: Group.ID, of owner: Owner, by change: GroupChange, now: Date
    ) throws(SQLError) -> GroupResult {
        if change.mayGrow { try connection.driver.requireRoom() }
        let owner = try number(of: owner)
        guard let group = try connection.group(id, owner: owner)?.applying(change, now: now) else {
            return .noSuchGroup
        }
        if let refusal = try refusal(of: group, naming: change.namedGroups, owner: owner) { return refusal }
        if try overgrows(group, by: change, owner: owner) { return .tooLarge }

        try connection.write(GroupQuery.update, Self.columns(group).changes)
        try connection.write(GroupQuery.addMembers, [":id": .id(id), ":numbers": .text(Self.list(change.add))])
        if let other = change.addFrom {
            try connection.write(GroupQuery.addMembersOf, [":id": .id(id), ":other": .id(other)])
        }
        try connection.write(GroupQuery.removeMembers, [":id": .id(id), ":numbers": .text(Self.list(change.remove))])
        if let other = change.removeFrom {
            try connection.write(GroupQuery.removeMembersOf, [":id": .id(id), ":other": .id(other)])
        }
        for child in change.addChildren {
            try connection.write(GroupQuery.addChild, [":id": .id(id), ":child": .id(child)])
        }
        for child in change.removeChildren {
            try connection.write(GroupQuery.removeChild, [":id": .id(id), ":child": .id(child)])
        }
        return try measured(id, owner: owner)
    }

    private func fill(_ group: Group, owner: Int, members: [MSISDN]) throws(SQLError) -> GroupResult {
        try connection.write(GroupQuery.addMembers, [":id": .id(group.id), ":numbers": .text(Self.list(members))])
        for child in group.children {
            try connection.write(GroupQuery.addChild, [":id": .id(group.id), ":child": .id(child)])
        }
        return try measured(group.id, owner: owner)
    }

    private func measured(_ id: Group.ID, owner: Int) throws(SQLError) -> GroupResult {
        try connection.write(GroupQuery.measure, [":id": .id(id)])
        return try connection.group(id, owner: owner).map { .done($0) } ?? .noSuchGroup
    }

    /// Why a group may not be written; nil where it may.
    private func refusal(of group: Group, naming named: [Group.ID], owner: Int) throws(SQLError) -> GroupResult? {
        group.refusal(
            naming: named, known: named.isEmpty ? [] : try connection.knownGroups(among: named, owner: owner),
            namesake: try group.name.flatMap { (name) throws(SQLError) in try groupNamed(name, owner: owner) })
    }

    private func groupNamed(_ name: String, owner: Int) throws(SQLError) -> Group.ID? {
        try connection.first(
            GroupQuery.named, [":owner": .integer(owner), ":name": .text(name)]
        ) { (row) throws(SQLError) in try row.id() }
    }

    /// Whether a change makes a group too large. The members are read only where they decide that.
    private func overgrows(_ group: Group, by change: GroupChange, owner: Int) throws(SQLError) -> Bool {
        let other = try change.addFrom.flatMap { (id) throws(SQLError) in try connection.group(id, owner: owner) }
        guard group.mayOvergrow(by: change, adding: other?.size ?? 0) else { return false }
        return group.overgrows(
            by: change, members: try connection.members(of: group.id),
            adding: try other.map { (other) throws(SQLError) in try connection.members(of: other.id) } ?? [])
    }

    private static func columns(_ group: Group) throws(SQLError) -> WrittenGroup {
        do {
            return try WrittenGroup(group)
        } catch {
            throw .unreadable("a group to be written")
        }
    }

    private static func list(_ numbers: [MSISDN]) -> String { JSONColumn.plainList(numbers.lazy.map(\.digits)) }
}

extension Connection {
    func group(_ id: Group.ID, owner: Int) throws(SQLError) -> Group? {
        try first(GroupQuery.find, [":id": .id(id), ":owner": .integer(owner)]) { (row) throws(SQLError) in
            try row.group()
        }
    }

    func members(of group: Group.ID) throws(SQLError) -> [MSISDN] {
        try rows(GroupQuery.members, [":id": .id(group)]) { (row) throws(SQLError) in try row.recipient() }
    }

    func knownGroups(among ids: [Group.ID], owner: Int) throws(SQLError) -> Set<Group.ID> {
        let list = JSONColumn.plainList(ids.lazy.map(\.description))
        return Set(
            try rows(GroupQuery.known, [":owner": .integer(owner), ":ids": .text(list)]) { (row) throws(SQLError) in
                try row.id()
            })
    }
}
