import CustomerServing
import GatewayCore

extension App {
    /// As the store keeps it: with secrets in clear, to be sealed.
    var stored: JSONValue { json(credentials: credentials.map(\.json)) }

    private func json(credentials: [JSONValue]) -> JSONValue {
        var json: JSONValue = [
            "display_name": .string(displayName),
            "channel_credentials": .array(credentials),
            "conversation_metadata_report_view": .string(metadataView.rawValue),
            "processing_mode": .string(mode.rawValue),
            "retention_policy": retention.json,
            "dispatch_retention_policy": dispatchRetention.json,
        ]
        json["callback_settings"] = ["secret_for_overridden_callback_urls": .string(callbackSecret?.reveal() ?? "")]
        json["delivery_report_based_fallback"] = [
            "enabled": .bool(fallback.isEnabled),
            "delivery_report_waiting_time": .number("\(fallback.waitSeconds)"),
        ]
        json["message_retry_settings"] = ["retry_duration": .number("\(retrySeconds)")]
        json.members += others
        return json
    }

    /// The app after an update.
    ///
    /// - Throws: for what the update makes of it that no app may be.
    func updated(by body: JSONValue, _ mask: UpdateMask) throws(InvalidRequest) -> App {
        var json = try mask.applying(body, to: stored, changing: Self.memberNames).withSigningSecrets(of: stored)
        if case .array(let given)? = json["channel_credentials"] {
            json["channel_credentials"] = .array(
                given.map { one in
                    let old = credentials.first { .string($0.channel.rawValue) == one["channel"] }
                    return old.map { one.unmasked(from: $0.json) } ?? one
                })
        }
        return try App(json)
    }

    /// What is known of an app beside its settings.
    struct Figures: Equatable, Sendable {
        var inboundRate = 25
        var outboundRate = 25
        var webhookRate = 25
        var queueSize = 0
        var queueLimit = 500_000
    }

    /// As the API prints it; secrets of channels are masked.
    func printed(id: String, _ figures: Figures) -> JSONValue {
        var printed: JSONValue = ["id": .string(id)]
        for member in json(credentials: credentials.map(\.printed)).members {
            if member.name == "callback_settings" {
                printed["rate_limits"] = [
                    "inbound": .number("\(figures.inboundRate)"), "outbound": .number("\(figures.outboundRate)"),
                    "webhooks": .number("\(figures.webhookRate)"),
                ]
                printed["queue_stats"] = [
                    "outbound_size": .number("\(figures.queueSize)"),
                    "outbound_limit": .number("\(figures.queueLimit)"),
                ]
            }
            printed[member.name] = member.value
        }
        return printed
    }
}

extension App.Retention {
    fileprivate var json: JSONValue { ["retention_type": .string(kind.rawValue), "ttl_days": .number("\(days)")] }
}
