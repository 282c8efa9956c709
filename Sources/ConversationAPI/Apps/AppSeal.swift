import Crypto
import CustomerServing
import FoundationEssentials
import GatewayCore

/// Seals what the store keeps of apps and webhooks, which has passwords of MMSCs in it: with AES-GCM, bound to what it
/// is of, so that no text can be put in the place of another. (NIST SP 800-38D)
package struct AppSeal: Sendable {
    private let first: SymmetricKey
    private let others: [SymmetricKey]

    /// What a text is of.
    enum Subject {
        case app(String, project: String)
        case webhook(String, project: String)

        fileprivate var octets: Data {
            switch self {
            case .app(let id, let project): Data("app\n\(project)\n\(id)".utf8)
            case .webhook(let id, let project): Data("webhook\n\(project)\n\(id)".utf8)
            }
        }
    }

    /// - Parameters:
    ///   - first: seals.
    ///   - others: open as well: those that were in its place before.
    package init(_ first: [UInt8], others: [[UInt8]] = []) {
        self.first = Self.derived(from: first)
        self.others = others.map(Self.derived)
    }

    /// - Throws: `broken` where that is impossible, which it is for no text.
    func seal(_ text: String, of subject: Subject) throws(StoreFailure) -> String {
        let box: AES.GCM.SealedBox
        do {
            box = try AES.GCM.seal(Data(text.utf8), using: first, authenticating: subject.octets)
        } catch {
            throw .broken("an app cannot be sealed: \(error)")
        }
        guard let octets = box.combined else { throw .broken("an app cannot be sealed") }
        return Self.form + octets.base64EncodedString()
    }

    /// A text that was sealed for this subject, and whether by the first key; nil for what no key opens.
    func open(_ text: String, of subject: Subject) -> (text: String, isCurrent: Bool)? {
        guard text.hasPrefix(Self.form), let octets = Data(base64Encoded: String(text.dropFirst(Self.form.count))),
            let box = try? AES.GCM.SealedBox(combined: octets)
        else { return nil }
        for (place, key) in ([first] + others).enumerated() {
            if let opened = try? AES.GCM.open(box, using: key, authenticating: subject.octets) {
                return (String(decoding: opened, as: UTF8.self), place == 0)
            }
        }
        return nil
    }

    /// A key of the length that the cipher wants: one of the configuration has any.
    private static func derived(from key: [UInt8]) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: key), info: Data("mm7-gateway apps".utf8), outputByteCount: 32)
    }

    /// What a sealed text begins with, for the day when another form comes.
    private static let form = "1."
}
