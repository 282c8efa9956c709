import GatewayCore

/// Why a backup was not made, is not whole, or was not restored: what happened, and what to do. What was there before is
/// as it was, unless the text says otherwise.
package struct BackupFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }

    /// - Parameter attempt: what was to be done with which file, as it follows "cannot".
    init(_ attempt: String, errno code: Int32) {
        description = "cannot \(attempt): \(DiskRefusal(errno: code))"
    }

    /// The same for whatever was thrown on the way.
    package init(_ error: any Error) {
        self = error as? BackupFailure ?? BackupFailure("\(error)")
    }
}
