/// All statements of the store, for whoever looks at them as a whole: whether a database understands each, and by which
/// index it goes.
package enum Statements {
    package struct Named: Sendable {
        package let name: String
        package let sql: @Sendable (Dialect) -> String
    }

    package static var all: [Named] {
        let kinds: [[Named]] = [
            of(BatchQuery.self), of(MessageQuery.self), of(ReportQuery.self), of(EventQuery.self),
            of(CallQuery.self), of(BatchListQuery.self), of(FinishedListQuery.self), of(GroupQuery.self),
            of(InboundQuery.self), of(OwnerQuery.self), of(ClaimQuery.self), of(OpenMessagesQuery.self),
            of(OverviewQuery.self), of(StoryQuery.self), of(InboundStoryQuery.self), of(FindQuery.self),
            of(MediaQuery.self), of(ClockSetBackQuery.self), of(RestorationQuery.self), of(UploadQuery.self),
            of(CancellationQuery.self), of(AppMessageQuery.self), of(AppMessageListQuery.self), of(UnreadQuery.self),
            of(AppQuery.self), of(ContactQuery.self), of(MoveQuery.self), of(ConversationQuery.self),
            of(ConversationListQuery.self), of(AppBatchQuery.self), of(RemovalQuery.self), of(KeptQuery.self),
            of(PulseQuery.self),
        ]
        return kinds.flatMap(\.self)
    }

    package static func of<Queries: Query>(_ type: Queries.Type) -> [Named] {
        type.allCases.map { query in Named(name: "\(type).\(query)") { query.sql(in: $0) } }
    }
}
