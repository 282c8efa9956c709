package import FoundationEssentials

/// Groups of numbers, each owned by a customer.
package protocol GroupStore: Sendable {
    /// Those of the ids that are groups of the owner.
    func knownGroups(among ids: [Group.ID], of owner: Owner) async throws(StoreFailure) -> Set<Group.ID>
    func insert(
        _ group: Group, members: [MSISDN], keeping answer: KeptAnswer?
    ) async throws(StoreFailure) -> GroupResult
    func group(_ id: Group.ID, of owner: Owner) async throws(StoreFailure) -> Group?
    /// Newest first.
    func groups(of owner: Owner, page: Page) async throws(StoreFailure) -> Paged<Group>
    /// The group's own numbers in order; nil where there is no such group.
    func members(of group: Group.ID, of owner: Owner) async throws(StoreFailure) -> [MSISDN]?
    /// The numbers that the groups stand for at this moment, those of their children included, each once.
    func expand(_ groups: [Group.ID], of owner: Owner, limit: Int) async throws(StoreFailure) -> [MSISDN]
    /// Puts a group and its members in the place of the one with its id.
    func replace(_ group: Group, members: [MSISDN]) async throws(StoreFailure) -> GroupResult
    /// - Parameter answer: what is kept in the same commit, made of the group as it is then; see `Store` on closures.
    func change(
        _ id: Group.ID, of owner: Owner, by change: GroupChange,
        keeping answer: @escaping @Sendable (Group) -> KeptAnswer?,
        now: Date
    ) async throws(StoreFailure) -> GroupResult
    /// False where there is no such group.
    func deleteGroup(_ id: Group.ID, of owner: Owner) async throws(StoreFailure) -> Bool
    /// Sets the labels of a group; false where there is no such group.
    func setTags(
        _ tags: [String], ofGroup id: Group.ID, of owner: Owner, keeping answer: KeptAnswer?
    ) async throws(StoreFailure) -> Bool
}
