import GatewayCore
import Logging
import WorkLoop

/// A kind of trouble with posts at one MMSC: its sentence, and what tells kinds apart that share one.
struct PostTrouble: Hashable, Sendable {
    let message: String
    let fault: String
    let mmsc: String
}

/// Lines of the log about posts. What an operator should look at is a warning for the first post of its kind at its MMSC,
/// and for one of each half minute with the count of those between: peers repeat what was refused, for hours.
typealias PostLog = OutageLog<PostTrouble>

extension PostLog {
    /// A line that each post may have.
    func debug(_ message: Logger.Message, metadata: @autoclosure () -> Logger.Metadata = [:]) {
        logger.debug(message, metadata: metadata())
    }

    /// The first of its kind, and one of each half minute; the others are at `debug`.
    ///
    /// - Parameters:
    ///   - message: a constant sentence; it is the kind.
    ///   - fault: tells kinds apart that share a sentence, one of a fixed set of texts. Of posts that share it too only one is
    ///     a warning, whatever else the metadata says of the others.
    func warning(_ message: Logger.Message, _ fault: String = "", mmsc: String?, metadata: Logger.Metadata) {
        let trouble = PostTrouble(message: message.description, fault: fault, mmsc: mmsc ?? "")
        if !failed(trouble, .warning, message, metadata: metadata) { logger.debug(message, metadata: metadata) }
    }
}
