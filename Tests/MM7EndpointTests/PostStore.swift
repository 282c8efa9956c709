import FoundationEssentials
import GatewayCore

/// A store that takes what MMSCs post, and says what it was told to say.
actor PostStore: ReportStore, InboundStore {
    private(set) var reports: [DeliveryReport] = []
    private(set) var mmscs: [String] = []
    private(set) var deliveries: [InboundDelivery] = []
    private let result: Result<ReportResult, StoreFailure>
    private let inboundFailure: StoreFailure?
    private let isRepetition: Bool
    private let isFull: Bool
    /// Awaited before a report is kept, so that a test can look at the moment before the commit.
    private let beforeCommit: @Sendable () async -> Void

    init(
        _ result: Result<ReportResult, StoreFailure> = .success(.held), inboundFailure: StoreFailure? = nil,
        isRepetition: Bool = false, isFull: Bool = false,
        beforeCommit: @escaping @Sendable () async -> Void = {}
    ) {
        self.result = result
        self.inboundFailure = inboundFailure
        self.isRepetition = isRepetition
        self.isFull = isFull
        self.beforeCommit = beforeCommit
    }

    func receive(
        _ delivery: InboundDelivery, from mmsc: String, now: Date
    ) async throws(StoreFailure) -> InboundResult {
        if let inboundFailure { throw inboundFailure }
        if isFull, !isRepetition, delivery.unownedLimit != nil { return .full }
        deliveries.append(delivery)
        mmscs.append(mmsc)
        return isRepetition ? .repeated : .taken(delivery.copies.map(\.inbound.id))
    }

    func hasRoomForUnowned(upTo most: Int) async throws(StoreFailure) -> Bool {
        if let inboundFailure { throw inboundFailure }
        return !isFull
    }

    func dropInbounds(receivedBefore: Date, limit: Int) throws(StoreFailure) -> Int { throw .closed }

    func apply(_ report: DeliveryReport, from mmsc: String, now: Date) async throws(StoreFailure) -> ReportResult {
        await beforeCommit()
        let result = try result.get()
        reports.append(report)
        mmscs.append(mmsc)
        return result
    }
}
