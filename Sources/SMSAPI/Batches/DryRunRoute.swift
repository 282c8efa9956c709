import CustomerServing
import FoundationEssentials
import GatewayCore
import Hummingbird

/// `POST /batches/dry_run?per_recipient=…&number_of_recipients=…`: what a send would do, without doing it.
struct DryRunRoute: Sendable {
    let groups: any GroupStore
    let intake: BatchIntake

    private static let details = 0...1000
    private static let detailsByDefault = 100
    private static let detailsLimitBytes = 4 << 20

    func run(_ call: PlanCall) async throws -> APIResponse {
        let isDetailed = try call.query.flag("per_recipient") ?? false
        let limit = try call.query.integer("number_of_recipients", in: Self.details) ?? Self.detailsByDefault
        let request = try await call.body(as: BatchRequest.self)
        let submittal = try await intake.submittal(of: request, for: call, isDryRun: true)
        let numbers = try await recipients(of: submittal)
        let text = Template(submittal.order.content.text ?? "")
        let shown = isDetailed ? numbers.prefix(limit) : []
        let size = shown.count * max(text.longestExpansion(with: submittal.order.parameters), text.source.utf16.count)
        return try await call.inTurn(ofBytes: call.body.count + size) {
            let details = isDetailed ? try self.details(shown, text, submittal.order.parameters) : nil
            // An MMS is one message, however long its text.
            return APIResponse(
                json: Body(numberOfRecipients: numbers.count, numberOfMessages: numbers.count, perRecipient: details))
        }
    }

    /// The details for each recipient, with a bound: a short request can ask for a long answer.
    private func details(
        _ recipients: ArraySlice<MSISDN>, _ text: Template, _ parameters: GatewayCore.Parameters
    ) throws(MalformedRequest) -> [Body.Detail] {
        var details: [Body.Detail] = []
        var octets = 0
        for recipient in recipients {
            let detail = detail(recipient, text, parameters)
            octets += detail.body.utf8.count
            guard octets <= Self.detailsLimitBytes else {
                throw .violation(
                    at: "number_of_recipients",
                    "the texts of more than \(details.count) recipients are too long for one answer"
                )
            }
            details.append(detail)
        }
        return details
    }

    private func recipients(of submittal: Submittal) async throws -> [MSISDN] {
        guard !submittal.order.groups.isEmpty else { return submittal.numbers }
        let direct = Set(submittal.numbers)
        let members = try await groups.expand(submittal.order.groups, of: submittal.owner, limit: Expansion.limit)
        return submittal.numbers + members.filter { !direct.contains($0) }
    }

    /// A text that lacks a value for its recipient is shown as it stands.
    private func detail(_ recipient: MSISDN, _ text: Template, _ parameters: GatewayCore.Parameters) -> Body.Detail {
        let body = text.expanded(for: recipient, with: parameters) ?? text.source
        return Body.Detail(recipient: recipient.digits, body: body, encoding: GSM7.covers(body) ? "text" : "unicode")
    }

    private struct Body: Encodable {
        let numberOfRecipients: Int
        let numberOfMessages: Int
        let perRecipient: [Detail]?

        enum CodingKeys: String, CodingKey {
            case numberOfRecipients = "number_of_recipients"
            case numberOfMessages = "number_of_messages"
            case perRecipient = "per_recipient"
        }

        struct Detail: Encodable {
            let recipient: String
            let body: String
            let numberOfParts = 1
            let encoding: String

            enum CodingKeys: String, CodingKey {
                case recipient, body
                case numberOfParts = "number_of_parts"
                case encoding
            }
        }
    }
}

/// The characters of SMS that need no Unicode. (3GPP TS 23.038, 6.2.1)
enum GSM7 {
    private static let characters = Set(
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
            .unicodeScalars
    ).union("abcdefghijklmnopqrstuvwxyzäöñüà|^€{}[]~\\".unicodeScalars)

    static func covers(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(characters.contains) }
}
