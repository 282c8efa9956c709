import FoundationEssentials
import GatewayCore
import HTTPServing

/// What this API gives back as it was asked, without any effect. The names of its members are kept in the database, and
/// one that is added has to be optional: older batches do not have it.
struct SMSEcho: Codable, Equatable {
    /// Labels of older clients; they mean nothing here.
    var tags: [String]?
    var isFeedbackEnabled: Bool?
    /// As the customer gave it; nil when the request did not have the member.
    var strictValidation: Bool?
    /// Whether the originator is the plan's default because the request named none.
    var isOriginatorDefault: Bool?
    /// The options of a text batch.
    var textOptions: TextOptions?

    init() {}

    /// - Throws: where the echo is another API's.
    init(_ echo: Echo) throws {
        if let usual = Self.usual.first(where: { $0.text == echo }) {
            self = usual.echo
        } else {
            self = try JSONDecoder().decode(Self.self, from: Data(echo.text.utf8))
        }
    }

    var echo: Echo {
        var given = self
        if given.textOptions == TextOptions() { given.textOptions = nil }
        return Self.usual.first { $0.echo == given }?.text ?? given.text
    }

    /// What nearly every batch echoes: nothing, or that it has the originator of the plan. Known without a JSON coder,
    /// as batches are written and read many times a second.
    private static let usual: [(echo: SMSEcho, text: Echo)] = {
        var defaulted = SMSEcho()
        defaulted.isOriginatorDefault = true
        return [(SMSEcho(), Echo()), (defaulted, defaulted.text)]
    }()

    private var text: Echo { Echo(String(decoding: JSONText.bytes(of: self), as: UTF8.self)) }
}

/// Members of a text batch that mean something to SMS only.
struct TextOptions: Codable, Equatable {
    var isFlash: Bool?
    var maxParts: Int?
    var truncatesConcat: Bool?
    var fromTON: Int?
    var fromNPI: Int?
}
