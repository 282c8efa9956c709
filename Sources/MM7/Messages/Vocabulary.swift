// The closed word lists of the schema, kept open: an unknown word is carried as it came.

/// What kind of message this is. (TS 23.140, messageClassType)
public struct MessageClass: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let personal = Self(rawValue: "Personal")
    public static let informational = Self(rawValue: "Informational")
    public static let advertisement = Self(rawValue: "Advertisement")
    /// Sent by a machine; gets no automatic answers.
    public static let auto = Self(rawValue: "Auto")
}

/// The priority that the recipient sees; it does not change the order of sending. (TS 23.140, priorityType)
public struct Priority: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let normal = Self(rawValue: "Normal")
    public static let high = Self(rawValue: "High")
    public static let low = Self(rawValue: "Low")
}

/// Who pays. (TS 23.140, chargedPartyType)
public struct ChargedParty: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let sender = Self(rawValue: "Sender")
    public static let recipient = Self(rawValue: "Recipient")
    public static let both = Self(rawValue: "Both")
    public static let neither = Self(rawValue: "Neither")
    /// R6; goes with ChargedPartyID.
    public static let thirdParty = Self(rawValue: "ThirdParty")
}

/// The most demanding kind of content in the message. (TS 23.140 release 6, contentClassType)
public struct ContentClass: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let text = Self(rawValue: "text")
    public static let imageBasic = Self(rawValue: "image-basic")
    public static let imageRich = Self(rawValue: "image-rich")
    public static let videoBasic = Self(rawValue: "video-basic")
    public static let videoRich = Self(rawValue: "video-rich")
    public static let megapixel = Self(rawValue: "megapixel")
    public static let contentBasic = Self(rawValue: "content-basic")
    public static let contentRich = Self(rawValue: "content-rich")
}
