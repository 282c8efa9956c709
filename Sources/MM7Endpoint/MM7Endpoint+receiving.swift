import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird
import IPRanges
import MM7

extension MM7Endpoint {
    /// A message that was read, its share of the memory and its deadline.
    private struct Post: Sendable {
        let message: ReceivedMessage
        let share: BodyMemory.Share
        let deadline: ContinuousClock.Instant
    }

    /// Ends the reading of a post.
    private struct UnreadPost: Error {
        let result: PostResult
        /// The bytes that could not be read, if they may be kept; they hold their share of the memory until then.
        var kept: UnreadBytes?
    }

    private struct UnreadBytes: Sendable {
        let bytes: [UInt8]
        let error: MM7Error
        let share: BodyMemory.Share
        let deadline: ContinuousClock.Instant
    }

    /// Reads a post, brings it to the store, and has the result noted.
    func receive(_ request: Request, from source: PostSource, at mmsc: MMSC?) async -> PostResult {
        guard let mmsc else {
            await request.passBody()
            return noted(.unknownMMSC, at: nil, from: source)
        }
        if let refusal = refusal(of: request, from: source.peer, at: mmsc) {
            await request.passBody()
            return noted(refusal, at: mmsc, from: source)
        }
        do throws(UnreadPost) {
            return await settled(try await read(request, at: mmsc, in: source.trace), at: mmsc, from: source)
        } catch {
            guard let kept = error.kept, let keeper else { return noted(error.result, at: mmsc, from: source) }
            let contentType = request.headers[.contentType]
            let result = await deadlines.outcome(by: kept.deadline) {
                defer { kept.share.leave() }
                let outcome = await keeper.keep(
                    kept.bytes, contentType: contentType, because: kept.error, from: mmsc)
                return noted(.unreadableKept(kept.error, outcome), at: mmsc, from: source)
            }
            let late = PostResult.unreadableKept(kept.error, .failed("it was not on the disk in time"))
            return result ?? noted(late, at: mmsc, from: source)
        }
    }

    /// Why a post is not read at all; nil where it is.
    private func refusal(of request: Request, from peer: IPAddress?, at mmsc: MMSC) -> PostResult? {
        if let refusal = mmsc.callback.refusal(ofPeer: peer, authorization: request.authorization) {
            return .refused(refusal)
        }
        if mmsc.callback.authentication == .digest, let login = mmsc.callback.login,
            let challenge = nonces.challenge(
                to: request.headers[.authorization], request.method.rawValue, request.head.path, of: login,
                at: mmsc.name)
        {
            return .refused(.digest(challenge))
        }
        return deadlines.overdueCount < limits.overduePosts ? nil : .backlog
    }

    private func read(_ request: Request, at mmsc: MMSC, in trace: Trace?) async throws(UnreadPost) -> Post {
        let begun = monotonic.now
        let share = bodyMemory.share(of: mmsc.name)
        let bytes = try await body(of: request, in: share)
        let deadline = max(begun + limits.patience, monotonic.now + limits.patience / 2)
        do throws(MM7Error) {
            var message = try await message(in: bytes, of: request, at: mmsc)
            message.logRepair(to: log, mmsc: mmsc.name, in: trace)
            message.copySmallParts()
            // The body is freed here, unless a part is a slice of it: nothing holds it while the disk works.
            return Post(message: message, share: share, deadline: deadline)
        } catch {
            var unread = UnreadPost(result: .unreadable(error))
            if error.code != .empty {
                let contentType = request.headers[.contentType]
                recentUnreadable?.keep(bytes, contentType: contentType, because: error, from: mmsc.name)
            }
            if keeper != nil, UnreadableKeeper.mayBeMessage(error) {
                unread.kept = UnreadBytes(bytes: bytes, error: error, share: share, deadline: deadline)
            }
            throw unread
        }
    }

    private func message(
        in bytes: [UInt8], of request: Request, at mmsc: MMSC
    ) async throws(MM7Error) -> ReceivedMessage {
        var reader = reader
        reader.strictness = mmsc.strictness
        let contentType = request.headers[.contentType]
        guard bytes.count > Self.largeBytes else { return try reader.read(bytes, contentType: contentType) }
        return try await aside { [reader] () throws(MM7Error) in try reader.read(bytes, contentType: contentType) }
    }

    /// Bytes from which a post is read beside the thread of its connection: base64 of so many takes a millisecond.
    private static let largeBytes = 256 << 10

    private func body(of request: Request, in share: BodyMemory.Share) async throws(UnreadPost) -> [UInt8] {
        do {
            return try await request.bytes(upTo: limits.bodyBytes, in: share, waiting: limits.memoryPatience)
        } catch let error as BodyTooLarge {
            throw UnreadPost(result: .tooLarge(limitBytes: error.limitBytes))
        } catch is NoMemoryForBody {
            throw UnreadPost(result: .noMemory)
        } catch {
            // The peer went away, or the server closed at the deadline of requests.
            throw UnreadPost(result: .cutOff)
        }
    }

    /// Waits for the result until the deadline. The work itself notes its result, even after the answer; it holds its
    /// share of the memory until then.
    private func settled(_ post: Post, at mmsc: MMSC, from source: PostSource) async -> PostResult {
        let result = await deadlines.outcome(by: post.deadline) {
            defer { post.share.leave() }
            return noted(await taken(post.message, at: mmsc, in: source.trace), at: mmsc, from: source)
        }
        return result ?? noted(.late(post.message.envelope), at: mmsc, from: source)
    }

    private func taken(_ message: ReceivedMessage, at mmsc: MMSC, in trace: Trace?) async -> PostResult {
        switch message.envelope.body {
        case .deliveryReportReq(let report):
            .report(message.envelope, await applied(DeliveryReport(report, by: mmsc.reading), from: mmsc))
        case .readReplyReq(let reply):
            .report(message.envelope, await applied(DeliveryReport(reply), from: mmsc))
        case .deliverReq(let delivery):
            .inbound(message.envelope, await intake.take(delivery, of: message, at: mmsc, in: trace))
        default:
            .notTaken(message.envelope)
        }
    }

    private func applied(_ report: DeliveryReport, from mmsc: MMSC) async -> Result<ReportResult, StoreFailure> {
        do throws(StoreFailure) {
            return .success(try await store.apply(report, from: mmsc.name, now: clock.now()))
        } catch {
            return .failure(error)
        }
    }
}
