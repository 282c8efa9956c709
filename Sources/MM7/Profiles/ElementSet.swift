/// Optional elements of MM7 messages that not every schema version or peer knows.
///
/// One set serves all operations: an element is left out wherever it would occur. (TS 23.140, annex L)
public struct ElementSet: OptionSet, Sendable, Hashable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let serviceCode = ElementSet(rawValue: 1 << 0)
    public static let linkedID = ElementSet(rawValue: 1 << 1)
    public static let messageClass = ElementSet(rawValue: 1 << 2)
    public static let timeStamp = ElementSet(rawValue: 1 << 3)
    public static let replyCharging = ElementSet(rawValue: 1 << 4)
    public static let earliestDeliveryTime = ElementSet(rawValue: 1 << 5)
    public static let expiryDate = ElementSet(rawValue: 1 << 6)
    public static let deliveryReport = ElementSet(rawValue: 1 << 7)
    public static let readReply = ElementSet(rawValue: 1 << 8)
    public static let priority = ElementSet(rawValue: 1 << 9)
    public static let subject = ElementSet(rawValue: 1 << 10)
    public static let chargedParty = ElementSet(rawValue: 1 << 11)
    public static let chargedPartyID = ElementSet(rawValue: 1 << 12)
    public static let distributionIndicator = ElementSet(rawValue: 1 << 13)
    public static let deliveryCondition = ElementSet(rawValue: 1 << 14)
    /// ApplicID, ReplyApplicID and AuxApplicInfo.
    public static let applicationAddressing = ElementSet(rawValue: 1 << 15)
    public static let contentClass = ElementSet(rawValue: 1 << 16)
    public static let drmContent = ElementSet(rawValue: 1 << 17)
    public static let uaCapabilities = ElementSet(rawValue: 1 << 18)
    public static let mmStatusExtension = ElementSet(rawValue: 1 << 19)
    /// SenderSPI and RecipientSPI.
    public static let serviceProviders = ElementSet(rawValue: 1 << 20)
    /// VASPID and VASID in DeliverReq.
    public static let deliveredToVASP = ElementSet(rawValue: 1 << 21)
    /// The attributes addressCoding and id of addresses.
    public static let addressAttributes = ElementSet(rawValue: 1 << 22)
    /// ServiceCode in DeliverRsp.
    public static let answeredServiceCode = ElementSet(rawValue: 1 << 23)
    /// Previouslysentby and Previouslysentdateandtime.
    public static let previouslySent = ElementSet(rawValue: 1 << 24)
    /// DistributionProtection, which the oldest schema has in place of DistributionIndicator, with the opposite
    /// meaning.
    public static let distributionProtection = ElementSet(rawValue: 1 << 25)

    /// All that release 6 has.
    public static let release6 = ElementSet(rawValue: (1 << 25) - 1)

    /// Release 5 from 1-1 on.
    public static let release5: ElementSet = release6.subtracting([
        .chargedPartyID, .deliveryCondition, .applicationAddressing, .contentClass, .drmContent, .uaCapabilities,
        .mmStatusExtension, .serviceProviders, .deliveredToVASP, .addressAttributes, .previouslySent,
    ])

    /// Release 5, 1-0, whose redistribution flag has another name and sense.
    public static let release5Initial: ElementSet = release5.subtracting([
        .distributionIndicator, .answeredServiceCode,
    ]).union(.distributionProtection)
}

extension ElementSet {
    /// The sets of one element or attribute each, by its name in the XML; ApplicID stands for all three elements of
    /// application addressing.
    public static let named: [String: ElementSet] = [
        "ServiceCode": .serviceCode, "LinkedID": .linkedID, "MessageClass": .messageClass, "TimeStamp": .timeStamp,
        "ReplyCharging": .replyCharging, "EarliestDeliveryTime": .earliestDeliveryTime, "ExpiryDate": .expiryDate,
        "DeliveryReport": .deliveryReport, "ReadReply": .readReply, "Priority": .priority, "Subject": .subject,
        "ChargedParty": .chargedParty, "ChargedPartyID": .chargedPartyID,
        "DistributionIndicator": .distributionIndicator, "DistributionProtection": .distributionProtection,
        "DeliveryCondition": .deliveryCondition, "ApplicID": .applicationAddressing, "ContentClass": .contentClass,
        "DRMContent": .drmContent, "UACapabilities": .uaCapabilities,
    ]
}
