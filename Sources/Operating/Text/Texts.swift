package import GatewayCore

extension Duration {
    /// The duration in its two largest units: `45 s`, `12 min 5 s`, `3 h 20 min`, `2 d 4 h`.
    var inWords: String {
        let seconds = max(Int(self.seconds), 0)
        let units = [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")]
        guard let first = units.firstIndex(where: { seconds >= $0.0 }) else { return "0 s" }
        var rest = seconds
        var words: [String] = []
        for (length, name) in units[first...].prefix(2) {
            if rest / length > 0 { words.append("\(rest / length) \(name)") }
            rest %= length
        }
        return words.joined(separator: " ")
    }
}

/// Octets in the unit that leaves one to three digits before the point: `812 B`, `4.2 MB`.
func inWords(bytes: Int) -> String {
    var tenths = bytes * 10
    for unit in ["B", "kB", "MB", "GB"] {
        if tenths < 10_000 { return unit == "B" ? "\(bytes) B" : "\(tenths / 10).\(tenths % 10) \(unit)" }
        tenths = (tenths + 500) / 1000
    }
    return "\(tenths / 10).\(tenths % 10) TB"
}

extension Owner {
    /// The owner for people, with the kind of customer.
    package var inWords: String {
        switch self {
        case .servicePlan(let id): "service plan \(id)"
        case .app(let id, let project): "app \(id) of project \(project)"
        case .project(let id): "project \(id)"
        }
    }
}

extension MessageState {
    /// The state in the words of `docs/life-of-a-message.md`.
    var inWords: String {
        switch self {
        case .queued: "queued"
        case .submitting: "submitting"
        case .inDoubt: "in doubt"
        case .submitted: "submitted"
        case .delivered: "delivered"
        case .expired: "expired"
        case .rejected(let failure): "rejected: \(failure.rawValue)"
        case .failed(let failure): "failed: \(failure.rawValue)"
        case .unknown: "unknown"
        case .cancelled: "cancelled"
        case .aborted(let failure): "aborted: \(failure.rawValue)"
        }
    }
}

extension String {
    /// The text for a terminal: what others wrote may hold sequences that a terminal obeys.
    package var fitForTerminal: String {
        let isObeyed = { (scalar: Unicode.Scalar) in
            scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t" && scalar != "\r"
        }
        guard unicodeScalars.contains(where: isObeyed) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { isObeyed($0) ? "\u{FFFD}" : $0 }))
    }
}
