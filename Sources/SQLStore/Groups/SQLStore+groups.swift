package import FoundationEssentials
package import GatewayCore

extension SQLStore {
    package func knownGroups(among ids: [Group.ID], of owner: Owner) async throws(StoreFailure) -> Set<Group.ID> {
        try await customerReads.read(for: owner) { (snapshot) throws(SQLError) in
            guard let number = try snapshot.connection.number(of: owner) else { return [] }
            return try snapshot.connection.knownGroups(among: ids, owner: number)
        }
    }

    package func insert(
        _ group: Group, members: [MSISDN], keeping answer: KeptAnswer?
    ) async throws(StoreFailure) -> GroupResult {
        let columns = try WrittenGroup(group)
        return try await writer.write { (transaction) throws(SQLError) in
            try transaction.insert(columns, members: members, keeping: answer)
        }
    }

    package func group(_ id: Group.ID, of owner: Owner) async throws(StoreFailure) -> Group? {
        try await customerReads.read(for: owner) { (snapshot) throws(SQLError) in
            guard let number = try snapshot.connection.number(of: owner) else { return nil }
            return try snapshot.connection.group(id, owner: number)
        }
    }

    package func groups(of owner: Owner, page: Page) async throws(StoreFailure) -> Paged<Group> {
        try await customerReads.read(for: owner) { (snapshot) throws(SQLError) in
            try snapshot.groups(of: owner, page: page)
        }
    }

    package func members(of group: Group.ID, of owner: Owner) async throws(StoreFailure) -> [MSISDN]? {
        try await customerReads.read(for: owner) { (snapshot) throws(SQLError) in
            guard let number = try snapshot.connection.number(of: owner),
                try snapshot.connection.group(group, owner: number) != nil
            else { return nil }
            return try snapshot.connection.members(of: group)
        }
    }

    package func expand(
        _ groups: [Group.ID], of owner: Owner, limit: Int
    ) async throws(StoreFailure) -> [MSISDN] {
        let list = JSONColumn.plainList(groups.map(\.description))
        return try await customerReads.read(for: owner) { (snapshot) throws(SQLError) in
            guard let number = try snapshot.connection.number(of: owner) else { return [] }
            return try snapshot.connection.rows(
                GroupQuery.expand, [":ids": .text(list), ":owner": .integer(number), ":limit": .integer(limit)]
            ) { (row) throws(SQLError) in try row.recipient() }
        }
    }

    package func replace(_ group: Group, members: [MSISDN]) async throws(StoreFailure) -> GroupResult {
        let columns = try WrittenGroup(group)
        return try await writer.write { (transaction) throws(SQLError) in
            try transaction.replace(columns, members: members)
        }
    }

    package func change(
        _ id: Group.ID, of owner: Owner, by change: GroupChange,
        keeping answer: @escaping @Sendable (Group) -> KeptAnswer?, now: Date
    ) async throws(StoreFailure) -> GroupResult {
        try await writer.write { (transaction) throws(SQLError) in
            let result = try transaction.change(id, of: owner, by: change, now: now)
            if case .done(let group) = result { try transaction.keep(answer(group)) }
            return result
        }
    }

    package func deleteGroup(_ id: Group.ID, of owner: Owner) async throws(StoreFailure) -> Bool {
        try await writer.write { (transaction) throws(SQLError) in
            let owner = try transaction.number(of: owner)
            return try transaction.connection.run(GroupQuery.delete, [":id": .id(id), ":owner": .integer(owner)]) == 1
        }
    }

    package func setTags(
        _ tags: [String], ofGroup id: Group.ID, of owner: Owner, keeping answer: KeptAnswer?
    ) async throws(StoreFailure) -> Bool {
        let tags = try JSONColumn.text(tags)
        return try await writer.write { (transaction) throws(SQLError) in
            try transaction.connection.driver.requireRoom()
            let owner = try transaction.number(of: owner)
            let bindings: Bindings = [":tags": .text(tags), ":id": .id(id), ":owner": .integer(owner)]
            let isSet = try transaction.connection.run(GroupQuery.setTags, bindings) == 1
            if isSet { try transaction.keep(answer) }
            return isSet
        }
    }
}

extension Snapshot {
    func groups(of owner: Owner, page: Page) throws(SQLError) -> Paged<Group> {
        try paged(of: owner) { (owner) throws(SQLError) in
            try list(GroupQuery.count, GroupQuery.list, [":owner": owner], page) { (row) throws(SQLError) in
                try row.group()
            }
        }
    }
}
