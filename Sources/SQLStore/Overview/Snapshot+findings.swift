import FoundationEssentials
import GatewayCore

extension Snapshot {
    /// Looks among outbound and inbound messages; each may have more than are wanted of both.
    func findings(
        of search: Search, since: Date?, limit: Int
    ) throws(SQLError) -> (findings: [Finding], hasMore: Bool) {
        let limits: Bindings = [":text": .text(search.text), ":limit": .integer(limit + 1)]
        // One moment, as a time and as the first identifier that could be made then.
        let moment = since ?? Date(milliseconds: 0)
        let since: Bindings = [":since": .time(moment)]
        let first: Bindings = [":first": .id(ULID(high: UInt64(max(moment.milliseconds, 0)) << 16, low: 0))]
        var outbound: [ULID]
        let inbound: [ULID]
        switch search {
        case .number:
            outbound = try ids(.toNumber, limits.with(since).with(first))
            inbound = try ids(.fromNumber, limits.with(since))
        case .reference:
            outbound = try ids(.byMessageID, limits.with(first))
            outbound += try ids(.byReference, limits.with(since).with(first)).filter { !outbound.contains($0) }
            inbound = try ids(.inboundsByReference, limits.with(since))
        }
        var findings: [Finding] = []
        for id in outbound {
            if let finding = try outboundFinding(id) { findings.append(finding) }
        }
        for id in inbound {
            if let story = try inboundStory(of: id.description) { findings.append(Finding(story)) }
        }
        findings.sort { ($0.at, $0.id) > ($1.at, $1.id) }
        return (Array(findings.prefix(limit)), findings.count > limit)
    }

    private func ids(_ query: FindQuery, _ bindings: Bindings) throws(SQLError) -> [ULID] {
        try connection.rows(query, bindings) { (row) throws(SQLError) in try row.id() }
    }

    private func outboundFinding(_ id: ULID) throws(SQLError) -> Finding? {
        try connection.first(FindQuery.message, [":message": .id(id)]) { (row) throws(SQLError) in
            let fields = row.fields(of: FindingColumn.self)
            let state = try MessageState(fields[.state], failure: fields[.failure], messageID: fields[.messageID])
            return Finding(
                id: try fields[.id].id(), direction: .outbound(state, batch: try fields[.batch].id()),
                at: try fields[.createdAt].time(), number: try fields[.recipient].text(),
                mmsc: fields[.mmsc].optionalText(),
                owner: try Owner(kind: fields[.ownerKind], name: fields[.ownerName]),
                reference: fields[.clientReference].optionalText())
        }
    }
}

extension Search {
    /// What stands in the store.
    fileprivate var text: String {
        switch self {
        case .number(let number): number.digits
        case .reference(let text): text
        }
    }
}

extension Finding {
    fileprivate init(_ story: InboundStory) {
        let inbound = story.inbound
        self.init(
            id: inbound.id, direction: .inbound(to: inbound.to), at: inbound.receivedAt, number: inbound.from,
            mmsc: story.mmsc, owner: inbound.owner, reference: inbound.reference)
    }
}
