package import FoundationEssentials
import NIOPosix
import NIOSSL
import Synchronization

/// What a listener shows itself with, and asks of its peers, at this moment. A change counts for the connections that
/// begin after it; those that are open go on.
package final class TLSIdentity: Sendable {
    fileprivate struct State {
        var material: TLSMaterial?
        /// What is taken once its certificate is valid, which it is not yet.
        var early: TLSMaterial?
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
    ///   the place of one that does; one that is not valid yet is taken by the first look after its time has come.
    package func take(_ new: TLSMaterial?, now: Date) -> String? {
        state.withLock { state in
            if let new, let refusal = state.refusal(of: new, now: now) { return refusal }
            state.material = new
            state.early = nil
            state.tried = new.map { FileStamps(of: $0.settings) }
            return nil
        }
    }

    /// Reads the files again where they have changed and then stayed as they are from one look to the next: whoever
    /// changes two of them does not change both at once. What was too early before is taken when its time has come.
    ///
    /// - Returns: nil where there is nothing new, as where the files have changed and what is in them has not.
    package func look(now: Date) async -> Renewal? {
        // Disks may be slow, and what is on them far away.
        await withCheckedContinuation { continuation in
            NIOThreadPool.singleton.submit { _ in continuation.resume(returning: self.lookAtFiles(now: now)) }
        }
    }

    private func lookAtFiles(now: Date) -> Renewal? {
        guard let settings = material?.settings else { return nil }
        let stamps = FileStamps(of: settings)
        let isDue = state.withLock { state in
            defer { state.seen = stamps }
            guard stamps != state.tried, stamps == state.seen else { return false }
            state.tried = stamps
            return true
        }
        guard isDue else { return state.withLock { $0.takeEarly(now: now) }.map(Renewal.renewed) }
        do throws(TLSFileFaults) {
            let new = try TLSMaterial(settings)
            return state.withLock { state in
                // The configuration was read again meanwhile.
                guard let old = state.material, old.settings == settings else { return nil }
                guard !new.isSame(as: old) else {
                    state.early = nil
                    return nil
                }
                if let refusal = state.refusal(of: new, now: now) { return .refused(refusal) }
                (state.material, state.early) = (new, nil)
                return .renewed(new)
            }
        } catch {
            return .refused(error.description)
        }
    }
}

extension TLSIdentity.State {
    /// Why new files are not taken in the place of what is there; nil where they are.
    fileprivate mutating func refusal(of new: TLSMaterial, now: Date) -> String? {
        early = nil
        guard let material, material.validity(at: now) == .valid else { return nil }
        let certificate = "certificate \(new.settings.certificate)"
        switch new.validity(at: now) {
        case .valid: return nil
        case .expired: return "\(certificate) has expired on \(new.notAfter.formatted(.iso8601))"
        case .notYet:
            early = new
            return "\(certificate) is not valid before \(new.notBefore.formatted(.iso8601)), when it is taken"
        }
    }

    /// - Returns: what was too early, where its time has come and it was taken.
    fileprivate mutating func takeEarly(now: Date) -> TLSMaterial? {
        guard let new = early, new.validity(at: now) != .notYet else { return nil }
        early = nil
        guard new.validity(at: now) == .valid else { return nil }
        if material?.settings != new.settings { tried = FileStamps(of: new.settings) }
        material = new
        return new
    }
}
