import GatewayCore

extension Snapshot {
    func groups(of owner: Owner, page: Page) throws(SQLiteError) -> Paged<Group> {
        try paged(of: owner) { (owner) throws(SQLiteError) in
            try list(GroupQuery.count, GroupQuery.list, [":owner": owner], page) { (row) throws(SQLiteError) in
                try row.group()
            }
        }
    }
}
