import GatewayCore

/// What became of a DeliverReq.
enum IntakeResult: Sendable, Equatable {
    case taken([Inbound.ID])
    /// Under an identifier that another message had within a day.
    case takenAnew([Inbound.ID])
    /// To a number that no customer has, and kept.
    case quarantined
    /// It came before and was taken then.
    case repeated
    case noSender
    case unknownRecipient
    /// Neither the disk nor the store promised to keep it. The text is theirs.
    case failed(String)
}
