import Doubles
import Logging

extension LogLines {
    /// Each line as `level: message [mmsc] reason`.
    var lines: [String] {
        all.map { line in
            var text = "\(line.level): \(line.message)"
            if let mmsc = line.metadata["mmsc"] { text += " [\(mmsc)]" }
            if let reason = line.metadata["reason"] { text += " \(reason)" }
            return text
        }
    }
}
