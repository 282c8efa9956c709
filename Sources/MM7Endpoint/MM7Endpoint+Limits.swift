import GatewayCore
package import HTTPServing
package import IPRanges
import MM7

extension MM7Endpoint {
    /// The limits on what posts may use of the gateway.
    package struct Limits: Sendable {
        /// The limit of one body.
        package var bodyBytes: Int
        /// The limit of all bodies at one time and of what is decoded from them, without small ones; one MMSC may use
        /// half of it.
        package var memoryBytes: Int
        /// The longest time that an MMSC waits for an answer after its last byte. The answer is sent at most this long
        /// after the head or, if the body and the wait for memory took more than half of that time, half of it after
        /// the last byte.
        package var patience: Duration
        /// The server's limit from the head of a request to its last byte.
        package var requestDeadline: Duration
        /// The number of posts answered before their commit and still waiting for it, at which no more posts are read.
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

        /// How long a body waits for memory: the rest needs time too, and the server would cut the request off
        /// unanswered.
        var memoryPatience: Duration { min(patience, requestDeadline) / 2 }
    }

    /// The server's answer to a post that reaches no route.
    package static var refusalForm: RefusalForm {
        RefusalForm(contentType: MM7Answer.contentType) { MM7Answer(to: .noRequest($0)).bytes(for: .standard) }
    }

    /// Logs and counts a post that the server refused; its MMSC is unknown.
    package var noteRefusal: @Sendable (RequestRefusal, IPAddress?) -> Void {
        { refusal, peer in
            _ = noted(.noRequest(refusal), at: nil, from: PostSource(peer: peer, name: "none was read"))
        }
    }
}
