package import FoundationEssentials
import NIOSSL
import Synchronization

/// What a listener shows itself with, and asks of its peers, at this moment. A change counts for the connections that
/// begin after it; those that are open go on.
package final class TLSIdentity: Sendable {
    private struct State {
        var material: TLSMaterial?
        /// The files as they were when the material was read of them, or last could not be.
        var tried: FileStamps?
        /// The files as they were at the last look.
        var seen: FileStamps?
    }

    private let state: Mutex<State>

    /// - Parameter material: nil for a listener without TLS.
    package init(_ material: TLSMaterial? = nil) {
        state = Mutex(State(material: material, tried: material.map { FileStamps(of: $0.settings) }))
    }

    /// Nil while the listener speaks plainly.
    package var material: TLSMaterial? { state.withLock { $0.material } }

    var asksForCertificates: Bool {
        state.withLock { $0.material.map { $0.settings.clientCertificates != .none } ?? false }
    }

    var context: NIOSSLContext? { state.withLock { $0.material?.context } }

    /// What came of new files.
    package enum Renewal: Sendable {
        case renewed(TLSMaterial)
        /// The old ones go on.
        case refused(String)
    }

    /// Takes what the configuration has now.
    ///
    /// - Returns: why it does not; nil where it does. A certificate that does not count at this time is not taken in
    ///   the place of one that does.
    package func take(_ new: TLSMaterial?, now: Date) -> String? {
        state.withLock { state in
            if let new, let refusal = new.refusal(after: state.material, now: now) { return refusal }
            state.material = new
            state.tried = new.map { FileStamps(of: $0.settings) }
            return nil
        }
    }

    /// Reads the files again where they have changed and then stayed as they are from one look to the next: whoever
    /// changes two of them does not change both at once.
    ///
    /// - Returns: nil where there is nothing new.
    package func look(now: Date) -> Renewal? {
        guard let settings = material?.settings else { return nil }
        let stamps = FileStamps(of: settings)
        let isDue = state.withLock { state in
            defer { state.seen = stamps }
            guard stamps != state.tried, stamps == state.seen else { return false }
            state.tried = stamps
            return true
        }
        guard isDue else { return nil }
        do throws(TLSFaults) {
            let new = try TLSMaterial(settings)
            return state.withLock { state in
                // The configuration was read again meanwhile.
                guard let old = state.material, old.settings == settings else { return nil }
                if let refusal = new.refusal(after: old, now: now) { return .refused(refusal) }
                state.material = new
                return .renewed(new)
            }
        } catch {
            return .refused(error.description)
        }
    }
}

extension TLSMaterial {
    /// Why it is not taken in the place of another; nil where it is.
    fileprivate func refusal(after old: TLSMaterial?, now: Date) -> String? {
        guard let old, old.validity(at: now) == .valid else { return nil }
        return switch validity(at: now) {
        case .valid: nil
        case .expired: "certificate \(settings.certificate) has expired on \(notAfter.formatted(.iso8601))"
        case .notYet: "certificate \(settings.certificate) is not valid before \(notBefore.formatted(.iso8601))"
        }
    }
}
