package import GatewayCore
import MM7
package import Media
import Submission

/// The SubmitReq of a message, made again as far as that is possible.
package struct ShownRequest: Sendable {
    var submission: WrittenSubmission?
    /// Why there is no request, or what differs from the request that was sent.
    var note: String?

    init(submission: WrittenSubmission? = nil, note: String? = nil) {
        self.submission = submission
        self.note = note
    }

    /// Makes the request from the batch and the configuration as they are now, for the MMSC that has the message or
    /// would get it first.
    package init(of story: MessageStory, in directory: Directory, from library: MediaLibrary) async {
        guard let name = story.mmsc ?? story.message.carriers?.names.first else {
            self.init(note: "no route covers the number: there is no SubmitReq")
            return
        }
        guard let mmsc = directory.mmscs[name] else {
            self.init(note: "the MMSC '\(name)' is not in the configuration: its SubmitReq cannot be made again")
            return
        }
        let (media, note) = await Self.media(of: story, from: library)
        do throws(MM7Error) {
            let submission = try WrittenSubmission(
                of: story.batch, media: media, to: story.recipientsOfRequest, transactionID: story.transactionID,
                at: mmsc)
            let unmatched = "a placeholder has no value for the recipient: nothing can be sent"
            self.init(submission: submission, note: submission == nil ? unmatched : note)
        } catch {
            self.init(note: "no SubmitReq can be made of it: \(error.reason)")
        }
    }

    /// The media, or empty parts in their places.
    private static func media(
        of story: MessageStory, from library: MediaLibrary
    ) async -> (media: [ReadMedium], note: String?) {
        var read: [ReadMedium] = []
        var note: String?
        for number in story.batch.order.content.media.indices {
            guard number < story.media.count else {
                read.append(ReadMedium(bytes: [], contentType: "application/octet-stream"))
                note = note ?? "the media is not here: an empty part stands in its place"
                continue
            }
            let media = story.media[number]
            do {
                let bytes = try await library.bytes(of: media)
                read.append(ReadMedium(bytes: bytes, contentType: media.contentType, name: media.name))
            } catch {
                read.append(ReadMedium(bytes: [], contentType: media.contentType, name: media.name))
                note = "the media cannot be read, an empty part stands in its place: \(error)"
            }
        }
        return (read, note)
    }
}
