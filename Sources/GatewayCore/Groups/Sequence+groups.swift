extension Sequence<String> {
    /// The members of `to` that are no numbers.
    package var groupIDs: [Group.ID] { compactMap { MSISDN($0) == nil ? ULID($0) : nil } }
}
