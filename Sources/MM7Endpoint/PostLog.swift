import GatewayCore
import Logging
import WorkLoop

/// A kind of trouble with posts at one MMSC: its sentence, and what distinguishes kinds with the same sentence.
struct PostTrouble: Hashable, Sendable {
    let message: String
    let fault: String
    let mmsc: String
}

/// Lines of the log about posts. What an operator should look at is a warning for the first post of its kind at its MMSC,
/// and for one of each half minute with the count of those between: peers repeat what was refused, for hours.
typealias PostLog = OutageLog<PostTrouble>

extension PostLog {
    /// Logs a line that every post may have.
    func debug(_ message: Logger.Message, metadata: @autoclosure () -> Logger.Metadata = [:]) {
        logger.debug(message, metadata: metadata())
    }

    /// Logs the first trouble of its kind as a warning, and one each half minute; the others at `debug`.
    ///
    /// - Parameters:
    ///   - message: a constant sentence, which is the kind.
    ///   - fault: one of a fixed set of texts, which distinguishes kinds with the same sentence. Posts that share both
    ///     count as one kind, whatever the other metadata is.
    func warning(_ message: Logger.Message, _ fault: String = "", mmsc: String?, metadata: Logger.Metadata) {
        let trouble = PostTrouble(message: message.description, fault: fault, mmsc: mmsc ?? "")
        if !failed(trouble, .warning, message, metadata: metadata) { logger.debug(message, metadata: metadata) }
    }
}
