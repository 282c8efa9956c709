import CurlHTTP
package import GatewayCore

/// Why a download gave no media that may be sent.
package struct FetchFailure: Error, Sendable, Equatable {
    /// Whose fault it is, and so whether another try may help.
    package enum Kind: Sendable, Equatable {
        /// The customer's server would give the same answer again.
        case permanent
        /// The customer's server is in trouble.
        case temporary
        /// The gateway itself is in trouble: that says nothing about the server and does not count as a try.
        case ours
    }

    /// What the failure is about, since the log tells causes apart where it does not have a line for every failure.
    package enum Cause: Sendable, CaseIterable {
        /// The server says no type.
        case noType
        /// What the server sent is no media that may be sent, or not of the type that the server says.
        case type
        /// It is empty, damaged or cut.
        case damage
        /// It breaks a rule of strict validation.
        case rule
        /// It is larger than a file may be.
        case size
        /// The status of the server's answer.
        case status
        /// The server could not be reached, or did not get to the end of its answer.
        case connection
        /// The address of the server may not be called.
        case address

        /// The failure with which a batch ends because of it.
        var failure: MessageState.Failure {
            switch self {
            case .noType: .mediaTypeUndetermined
            case .type: .mediaTypeUnsupported
            case .damage: .mediaUnreadable
            case .rule: .mediaAgainstRules
            case .size: .mediaTooLarge
            case .status, .connection, .address: .mediaUnreachable
            }
        }
    }

    package let kind: Kind
    package let cause: Cause
    /// What happened, for the customer and the operator, without the URL: it may hold a customer's token.
    package let reason: String
    /// libcurl's description of it, for the operator.
    package var words: PeerText?
    /// Whether the server let the download time out.
    package var isTimeout = false

    /// - Parameter reason: any words of the server in it have to be `PeerText`.
    package init(_ kind: Kind, about cause: Cause, _ reason: String, isTimeout: Bool = false) {
        self.kind = kind
        self.cause = cause
        self.reason = reason
        self.isTimeout = isTimeout
    }

    /// The reason with libcurl's description, for the operator.
    package var account: String { words.map { "\(reason): \($0)" } ?? reason }

    /// The reason in the form that is kept with the batch.
    var kept: MediaReason { MediaReason(reason, words: words) }

    package var isTemporary: Bool { kind != .permanent }

    /// What it says about the server, for the sharing of downloads.
    var ending: MediaShare.Ending { isTimeout ? .timedOut : kind == .ours ? .silent : .answered }

    init(_ failure: HTTPFailure) {
        let sentence = failure.sentence(about: "the media server")
        switch failure.kind {
        case .invalidURL, .invalidRequest, .invalidResponse, .tooManyRedirects:
            self.init(.permanent, about: .connection, sentence)
        case .refusedAddress:
            self.init(
                .permanent, about: .address,
                "the host has to have a public address, this one has none; the operator can list others in egress.allow"
            )
        case .responseTooLarge(let limit):
            self.init(.permanent, about: .size, "a file may be at most \(ByteCount(limit)), this one is larger")
        case .brokenCoding:
            self.init(.permanent, about: .damage, "the file is damaged or cut within its Content-Encoding")
        case .timedOut:
            self.init(.temporary, about: .connection, sentence, isTimeout: true)
        case .unresolved, .connectionFailed:
            self.init(OwnMeans.areUsedUp ? .ours : .temporary, about: .connection, sentence)
        case .tls, .certificate, .clientCertificate, .login, .connectionLost:
            self.init(.temporary, about: .connection, sentence)
        case .cancelled, .shutDown:
            self.init(.ours, about: .connection, sentence)
        case .other(let code):
            self.init(Self.codesOfOurs.contains(code) ? .ours : .temporary, about: .connection, sentence)
        }
        words = PeerText(failure.message)
    }

    /// libcurl's codes for a lack of memory or of something else on this machine.
    private static let codesOfOurs: Set<Int> = [2, 27, 43, 48, 99]
}
