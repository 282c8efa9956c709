import GatewayCore
package import HTTPServing
package import IPRanges
import MM7

extension MM7Endpoint {
    /// What posts may take of the gateway.
    package struct Limits: Sendable {
        /// The limit of one body.
        package var bodyBytes: Int
        /// The limit of all bodies at once and what is decoded of them, small ones apart; half of it for one MMSC.
        package var memoryBytes: Int
        /// The longest that an MMSC waits for an answer after its last byte. The answer leaves so long after the head; or,
        /// where the body and the wait for memory took more than half of that, half of it after the last byte.
        package var patience: Duration
        /// From the head of a request to its last byte, as the server has it.
        package var requestDeadline: Duration
        /// Posts that were answered without their commit and still wait for it; with so many, no more are read.
        package var overduePosts: Int

        package init(
            bodyBytes: Int = 10 << 20, memoryBytes: Int = 256 << 20, patience: Duration = .seconds(8),
            requestDeadline: Duration = .seconds(30), overduePosts: Int = 1000
        ) {
            self.bodyBytes = bodyBytes
            self.memoryBytes = memoryBytes
            self.patience = patience
            self.requestDeadline = requestDeadline
            self.overduePosts = overduePosts
        }

        /// How long a body waits for memory: what follows needs time too, and the server would cut it off unanswered.
        var memoryPatience: Duration { min(patience, requestDeadline) / 2 }
    }

    /// What the server says to a post that no route sees.
    package static var refusalForm: RefusalForm {
        RefusalForm(contentType: MM7Answer.contentType) { MM7Answer(to: .noRequest($0)).bytes(for: .standard) }
    }

    /// Tells and counts a post that the server refused; nobody knows whose MMSC's it is.
    package var noteRefusal: @Sendable (RequestRefusal, IPAddress?) -> Void {
        { refusal, peer in
            _ = noted(.noRequest(refusal), at: nil, from: PostSource(peer: peer, name: "none was read"))
        }
    }
}
