import GatewayCore

/// A recipient as far as the store knows it.
enum Addressee: Equatable, Sendable {
    /// By the names that a request gives; never empty.
    case identities([ChannelIdentity])
    case contact(StoredContact)
    /// By the id of a contact that there is not.
    case nobody

    var identities: [ChannelIdentity] {
        switch self {
        case .identities(let identities): identities
        case .contact(let contact): contact.identities.compactMap { ChannelIdentity($0) }
        case .nobody: []
        }
    }
}

/// Where a message goes, or why it goes nowhere.
struct Destination: Equatable, Sendable {
    /// What receipts call the recipient: their name on the channel MMS, else what comes closest to it.
    let identity: ChannelIdentity
    let number: Result<MSISDN, DeliveryReason>
    /// With whom an app that keeps conversations has one; nil where the message goes nowhere.
    let peer: Engagement.Peer?

    /// - Parameters:
    ///   - order: the channels of the request; empty where that names none.
    ///   - app: whose channels count.
    init(_ addressee: Addressee, order: [Channel], of app: Project.App) {
        let identities = addressee.identities
        let identity =
            identities.first { $0.channel == .mms } ?? identities.first ?? ChannelIdentity(.mms, "")
        self.identity = identity
        let contact: StoredContact? = if case .contact(let contact) = addressee { contact } else { nil }
        guard addressee != .nobody else {
            number = .failure(DeliveryReason(.contactNotFound, "The project has no contact of this id"))
            peer = nil
            return
        }
        do throws(DeliveryReason) {
            number = .success(
                try ChannelSelection.number(
                    among: identities, ofContact: contact != nil, order: order, configured: app.channels))
            peer = contact.map { .contact($0.id) } ?? .identity(identity.row)
        } catch {
            number = .failure(error)
            peer = nil
        }
    }
}

extension ChannelIdentity {
    /// Nil for a channel that there is no more.
    init?(_ stored: ContactIdentity) {
        guard let channel = Channel(rawValue: stored.channel) else { return nil }
        self.init(channel, stored.identity)
    }
}

extension Project.App {
    /// The channels that requests may name.
    var channels: Set<Channel> {
        Set(otherChannels.compactMap(Channel.init) + (hasMMS ? [.mms] : []))
    }
}
