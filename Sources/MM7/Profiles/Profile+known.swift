extension Profile {
    /// The specification as written, with its last schema.
    public static let standard: Profile = {
        var profile = Profile(name: "standard", schema: .rel6MM714)
        profile.recipientsPerRequest = 20
        return profile
    }()

    /// The Sinch MM7 service: one recipient in a request, always a presentation, status codes of its own. Elements that
    /// it refuses with an error (reply charging, charged party) or strips are not written.
    public static let sinch: Profile = {
        var profile = Profile(name: "sinch", schema: .rel6MM714)
        profile.elements = [
            .serviceCode, .messageClass, .timeStamp, .expiryDate, .deliveryReport, .priority, .subject,
            .answeredServiceCode,
        ]
        profile.operations = .submit
        profile.dispositions = .sinch
        profile.reasons = .sinch
        profile.carrierHeader = "X-Mblox-Carrier-Id"
        return profile
    }()

    /// Mbuni: the oldest namespace by default, and 3005 for a message that it will never take.
    public static let mbuni: Profile = {
        var profile = Profile(name: "mbuni", schema: .rel5MM710)
        profile.hasPlainSender = false
        profile.recipientsPerRequest = 20
        profile.dispositions[StatusCode(rawValue: 3005)] = .permanent
        return profile
    }()

    /// NowSMS: a plain reading of release 5.
    public static let nowsms: Profile = {
        var profile = Profile(name: "nowsms", schema: .rel5MM712)
        profile.version = "5.3.0"
        profile.addressForm = .plus
        profile.recipientsPerRequest = 20
        return profile
    }()

    /// Openwave: release 5, subjects as encoded words, media named by their location.
    public static let openwave: Profile = {
        var profile = Profile(name: "openwave", schema: .rel5MM712)
        profile.version = "5.3.0"
        profile.subjectForm = .encodedWords
        profile.mediaReference = .name
        profile.recipientsPerRequest = 20
        return profile
    }()

    public static let known: [Profile] = [standard, sinch, mbuni, nowsms, openwave]

    /// A profile by its name in configurations; nil if there is none.
    public static func named(_ name: String) -> Profile? { known.first { $0.name == name } }
}
