package import FoundationEssentials

extension Group {
    /// The group after a change, apart from its members.
    package func applying(_ change: GroupChange, now: Date) -> Group {
        var group = self
        group.name = change.name.applied(to: name)
        group.autoUpdate = change.autoUpdate.applied(to: autoUpdate)
        group.modifiedAt = now.wholeMilliseconds
        return group
    }

    /// Why it may not be written as it is; nil where it may.
    ///
    /// - Parameters:
    ///   - named: groups that the request names.
    ///   - known: those of them that are the owner's.
    ///   - namesake: the owner's group that has its name, which may be itself.
    package func refusal(naming named: [ID], known: Set<ID>, namesake: ID?) -> GroupResult? {
        if let unknown = named.first(where: { !known.contains($0) }) { return .unknownGroup(unknown) }
        if let namesake, namesake != id { return .nameTaken }
        return nil
    }

    /// Whether a change may leave more numbers or children than a group may have. What it removes does not count; who
    /// is in the group already is not looked at.
    ///
    /// - Parameter added: numbers of the group whose numbers are added.
    package func mayOvergrow(by change: GroupChange, adding added: Int) -> Bool {
        size + change.add.count + added > Self.sizeLimit
            || children.count + change.addChildren.count > Self.childLimit
    }

    /// Whether a change leaves more than a group may have, each number and child counted once.
    ///
    /// - Parameters:
    ///   - members: who is in the group.
    ///   - added: who is in the group whose numbers are added.
    package func overgrows(by change: GroupChange, members: [MSISDN], adding added: [MSISDN]) -> Bool {
        let numbers = Set(members).union(change.add).union(added)
        return numbers.count > Self.sizeLimit || Set(children + change.addChildren).count > Self.childLimit
    }

    /// Numbers in one group at most.
    package static let sizeLimit = 10_000
    /// Children of one group at most.
    package static let childLimit = 10
}

extension GroupChange {
    /// The groups that it names and that have to be there.
    package var namedGroups: [Group.ID] { [addFrom, removeFrom].compactMap { $0 } + addChildren }
}

extension Group.AutoUpdate {
    /// What an inbound message to its number changes in the group: the sender joins or leaves by the words that the
    /// text begins with. Nil where it begins with neither.
    package func change(by inbound: Inbound) -> GroupChange? {
        guard let text = inbound.text, let sender = MSISDN(inbound.from) else { return nil }
        var change = GroupChange()
        if add?.begin(text) == true { change.add = [sender] }
        if remove?.begin(text) == true { change.remove = [sender] }
        return change == GroupChange() ? nil : change
    }
}
