import FoundationEssentials
import GatewayCore
import MM7
import Media

/// Saves what a handset sent, first to the disk and then to the store, so that no row names a missing file.
struct InboundIntake: Sendable {
    let store: any InboundStore
    let library: MediaLibrary
    let directory: CurrentDirectory
    let clock: any DomainClock
    let ids: ULIDGenerator
    let random: RandomSource
    let unknownRecipients: @Sendable () -> UnknownRecipients

    func take(
        _ request: DeliverReq, of message: ReceivedMessage, at mmsc: MMSC, in trace: Trace? = nil
    ) async -> IntakeResult {
        let recipients = recipients(of: request, at: mmsc)
        let sender = request.sender.map(Self.number)
        let directory = directory.now
        let owners = recipients.flatMap { number in
            sender == nil ? [] : directory.customers(at: number).map { (number: number, customer: $0) }
        }
        if owners.isEmpty, unknownRecipients() == .refuse || recipients.count > Self.mostQuarantined {
            return sender == nil ? .noSender : .unknownRecipient
        }
        do {
            let draft = Draft(
                request, from: sender ?? "", content: InboundContent(message), in: trace,
                now: clock.now().wholeMilliseconds)
            let media = try await stored(draft.content)
            let copies =
                owners.isEmpty
                ? (recipients.isEmpty ? [""] : recipients).map { number in
                    .init(draft.inbound(ids, to: number, of: nil, media), notifiesOwner: false)
                }
                : owners.map { number, customer in
                    customer.copy(draft.inbound(ids, to: number, of: customer.owner, media), random: random)
                }
            let delivery = InboundDelivery(
                linkedID: request.linkedID, transactionID: message.envelope.transactionID,
                fingerprint: message.fingerprint(of: request), answeredID: request.replyChargingID, copies: copies)
            switch try await store.receive(delivery, from: mmsc.name, now: draft.now) {
            case .repeated, .full: return .repeated
            case .taken(let ids): return owners.isEmpty ? .quarantined : .taken(ids)
            case .takenAnew(let ids): return .takenAnew(ids)
            }
        } catch {
            return .failed("\(error)")
        }
    }

    /// The recipients who get a copy, each once. Where the MMSC names nobody, the recipient is the number of its
    /// account, which its URL implies.
    private func recipients(of request: DeliverReq, at mmsc: MMSC) -> [String] {
        guard !request.recipients.isEmpty else { return mmsc.defaultSender.map { [$0.text] } ?? [] }
        var seen: Set<String> = []
        return request.recipients.deliverable.map(Self.number).filter { seen.insert($0).inserted }
    }

    private func stored(_ content: InboundContent) async throws(DiskFailure) -> [Inbound.Medium] {
        var media: [Inbound.Medium] = []
        for attachment in content.attachments {
            let file = try await library.store(attachment.bytes, contentType: attachment.contentType)
            media.append(Inbound.Medium(file, name: attachment.name.cut(to: Self.longestName)))
        }
        return media
    }

    /// The address in the form in which numbers are configured and shown; an address that is no number is not changed.
    fileprivate static func number(_ address: Address) -> String {
        let text = address.normalized.cut(to: longestAddress)
        return Originator(text)?.text ?? text
    }

    /// The most unowned copies of one message: each is a row with all its text.
    private static let mostQuarantined = 100
    /// In octets.
    private static let longestName = 255
    /// In octets; mail addresses are not longer. (RFC 5321, 4.5.3.1)
    private static let longestAddress = 320
}

/// All of an inbound message except its owner.
private struct Draft {
    let content: InboundContent
    let now: Date
    private let request: DeliverReq
    private let sender: String
    private let trace: Trace?

    init(_ request: DeliverReq, from sender: String, content: InboundContent, in trace: Trace?, now: Date) {
        self.trace = trace
        self.request = request
        self.sender = sender
        self.content = content
        self.now = now
    }

    func inbound(_ ids: ULIDGenerator, to number: String, of owner: Owner?, _ media: [Inbound.Medium]) -> Inbound {
        Inbound(
            id: ids.next(at: now), owner: owner, from: sender, to: number, receivedAt: now,
            sentAt: request.timeStamp?.wholeMilliseconds, subject: request.subject?.withoutNUL, text: content.text,
            media: media,
            otherRecipients: request.recipients.all.filter(\.isDisplayOnly).map(InboundIntake.number), trace: trace)
    }
}

/// What became of a DeliverReq.
enum IntakeResult: Sendable, Equatable {
    case taken([Inbound.ID])
    /// Taken, although another message had the same identifier within a day.
    case takenAnew([Inbound.ID])
    /// Sent to a number that no customer has, and kept.
    case quarantined
    /// A repetition of a message that was taken before.
    case repeated
    case noSender
    case unknownRecipient
    /// The disk or the store failed to keep it, for the reason in the text.
    case failed(String)
}

/// What is done with a message to a number that no customer has.
package enum UnknownRecipients: String, Sendable, CaseIterable {
    /// It is refused with 2003, so that the MMSC does not repeat it.
    case refuse
    /// It is taken and kept without an owner, for the operator to look at.
    case quarantine
}
