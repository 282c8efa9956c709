package import FoundationEssentials
package import GatewayCore

extension SQLStore {
    package func conversation(
        _ id: StoredConversation.ID, of project: String
    ) async throws(StoreFailure) -> StoredConversation? {
        try await customerReads.read(for: .project(project)) { (snapshot) throws(SQLError) in
            guard let number = try snapshot.connection.number(of: .project(project)) else { return nil }
            return try snapshot.connection.conversation(id, in: number)
        }
    }

    package func conversations(
        of project: String, matching filter: ConversationFilter, after last: StoredConversation.ID?, limit: Int
    ) async throws(StoreFailure) -> [StoredConversation] {
        try await customerReads.read(for: .project(project)) { (snapshot) throws(SQLError) in
            try ConversationList(filter, of: project, on: snapshot.connection)?.byID(after: last, limit: limit) ?? []
        }
    }

    package func countConversations(
        of project: String, matching filter: ConversationFilter, upTo limit: Int
    ) async throws(StoreFailure) -> Int {
        try await customerReads.read(for: .project(project)) { (snapshot) throws(SQLError) in
            try ConversationList(filter, of: project, on: snapshot.connection)?.count(upTo: limit) ?? 0
        }
    }

    package func recentConversations(
        of project: String, matching filter: ConversationFilter, after cursor: ListCursor?, limit: Int,
        isDescending: Bool
    ) async throws(StoreFailure) -> ListSlice<StoredConversation> {
        try await customerReads.read(for: .project(project)) { (snapshot) throws(SQLError) in
            try ConversationList(filter, of: project, on: snapshot.connection)?
                .recent(after: cursor, limit: limit, isDescending: isDescending) ?? ListSlice([], next: nil)
        }
    }

    package func insert(
        _ conversation: StoredConversation, notices: [Notice], keeping answer: KeptAnswer?, now: Date
    ) async throws(StoreFailure) -> ConversationChangeResult {
        try await writer.write { (transaction) throws(SQLError) in
            try transaction.insert(conversation, notices: notices, keeping: answer, now: now)
        }
    }

    package func update(
        _ conversation: StoredConversation, notices: [Notice], now: Date
    ) async throws(StoreFailure) -> ConversationChangeResult {
        try await writer.write { (transaction) throws(SQLError) in
            try transaction.update(conversation, notices: notices, now: now)
        }
    }

    package func removeConversation(
        _ id: StoredConversation.ID, of project: String, notices: [Notice], now: Date
    ) async throws(StoreFailure) -> Bool {
        while true {
            let isRemoved = try await writer.write { (transaction) throws(SQLError) in
                try transaction.removeConversation(
                    id, of: project, notices: notices, limit: Self.messagesOfAStep, now: now)
            }
            if let isRemoved { return isRemoved }
        }
    }

    package func engage(
        _ engagement: Engagement, now: Date
    ) async throws(StoreFailure) -> Engagement.Result? {
        let made = try engagement.contact.map { (contact) throws(StoreFailure) in try WrittenContact(contact) }
        return try await writer.write { (transaction) throws(SQLError) in
            try transaction.engage(engagement, making: made, now: now)
        }
    }
}
