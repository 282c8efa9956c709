import GatewayCore

/// The rules of `strict_validation`: the recommendations for media that is sent unchanged, without transcoding.
///
/// The rules enforce what decides whether a message arrives and is shown: the type, the size, width and height, the
/// duration of a video, and that the file is whole. They do not enforce what only affects the look: transparency, the
/// frame rate, few colours, JPEG rather than PNG, portrait rather than landscape. A camera's JPEG is often stored in
/// landscape with a note that it is to be turned, so either orientation is allowed.
package struct StrictRules: Sendable, Equatable {
    /// The formats that are taken.
    package var formats: Set<MediaFormat> = [.jpeg, .png, .gif, .mp4, .quickTime, .vCard, .pdf]

    /// The limit of any file, in bytes.
    package var fileBytes = 1_000_000
    /// The limit of a still picture, in bytes.
    package var pictureBytes = 740_000
    /// The limit of an animated GIF, in bytes.
    package var animationBytes = 600_000
    /// The limit of a video, in bytes.
    package var videoBytes = 740_000

    /// The size that a still picture has to fit in, in either orientation.
    package var pictureSize = PixelSize(width: 1080, height: 1920)
    /// The size that an animated GIF has to fit in: the longest sides of the recommended shapes.
    package var animationSize = PixelSize(width: 640, height: 720)
    /// The size that a video has to fit in. Where a file does not give its size or duration, that rule is skipped.
    package var videoSize = PixelSize(width: 1280, height: 720)

    /// How long a video may last.
    package var videoDuration = Duration.seconds(30)
    /// How long a video in high definition may last.
    package var highDefinitionDuration = Duration.seconds(20)
    /// The short side, in pixels, from which a video is in high definition.
    package var highDefinitionSide = 720

    package init() {}
}

extension StrictRules {
    /// The first rule that a file breaks, its limit and what was found, as a sentence without its capital and full
    /// stop; nil where it keeps them all.
    ///
    /// - Parameter contentType: as the server gave it, without parameters and in lower case.
    package func fault(in file: [UInt8], contentType: String) -> String? {
        breach(by: file, contentType: contentType)?.words
    }

    /// The same, with the cause of the failure.
    func breach(by file: [UInt8], contentType: String) -> (cause: FetchFailure.Cause, words: String)? {
        if let fault = typeFault(contentType) { return (.type, fault) }
        let declared = MediaFormat.allCases.filter { $0.contentTypes.contains(contentType) }
        switch Examination(of: file) {
        case .unknown:
            return (.type, mismatch(contentType, "of no known type"))
        case .damaged(let format) where declared.contains(format):
            return (.damage, "the file has to be whole, this \(format.name) ends early or is damaged")
        case .damaged(let format):
            return (.type, mismatch(contentType, format.name))
        case .whole(let facts):
            guard declared.contains(where: facts.formats.contains) else {
                return (.type, mismatch(contentType, facts.format.name))
            }
            if let fault = sizeFault(in: facts, bytes: file.count) { return (.size, fault) }
            return (sidesFault(in: facts) ?? durationFault(in: facts)).map { (.rule, $0) }
        }
    }

    private func typeFault(_ contentType: String) -> String? {
        let allowed = MediaFormat.allCases.filter(formats.contains).flatMap(\.contentTypes)
        if allowed.contains(contentType) { return nil }
        return "the Content-Type may be \(allowed.joined(separator: ", ")), it is \(PeerText(contentType, limit: 80))"
    }

    private func mismatch(_ contentType: String, _ content: String) -> String {
        "the Content-Type has to be that of the content, it is \(contentType) and the content is \(content)"
    }

    private func sizeFault(in facts: MediaFacts, bytes: Int) -> String? {
        let ofKind =
            switch facts.kind {
            case .picture: pictureBytes
            case .animation: animationBytes
            case .video: videoBytes
            case .document: fileBytes
            }
        let limit = min(ofKind, fileBytes)
        guard bytes > limit else { return nil }
        let found = ByteCount(bytes).description(besides: limit)
        return "\(facts.title) may be at most \(ByteCount(limit)), this one has \(found)"
    }

    private func sidesFault(in facts: MediaFacts) -> String? {
        let limit =
            switch facts.kind {
            case .picture: pictureSize
            case .animation: animationSize
            case .video: videoSize
            case .document: PixelSize(width: .max, height: .max)
            }
        guard let size = facts.size, !size.fits(in: limit) else { return nil }
        return "\(facts.title) may be at most \(limit) pixels, upright or lying, this one has \(size)"
    }

    private func durationFault(in facts: MediaFacts) -> String? {
        guard facts.kind == .video, let duration = facts.duration else { return nil }
        let isHighDefinition = facts.size.map { $0.shortSide >= highDefinitionSide } ?? false
        let limit = isHighDefinition ? min(videoDuration, highDefinitionDuration) : videoDuration
        guard duration > limit else { return nil }
        let title = isHighDefinition ? "\(facts.title) with a short side of \(highDefinitionSide) pixels" : facts.title
        return "\(title) may last at most \(limit.inTenths), this one lasts \(duration.inTenths)"
    }
}

extension MediaFacts {
    /// The kinds of media that have limits of their own.
    fileprivate enum Kind {
        case picture, animation, video, document
    }

    fileprivate var kind: Kind {
        switch format {
        case .jpeg, .png, .bmp, .webP: .picture
        case .gif: isAnimated ? .animation : .picture
        case .mp4, .quickTime, .threeGPP, .mpeg, .webM: .video
        case .mp3, .wav, .amr, .amrWB, .m4a, .aac, .ogg, .midi, .flac, .vCard, .calendar, .pdf: .document
        }
    }

    fileprivate var title: String {
        switch kind {
        case .animation: "an animated \(format.name)"
        case .video: "a video"
        case .picture, .document: "a \(format.name)"
        }
    }
}

extension Duration {
    /// `30 s`, or `30.1 s`, rounded up to a tenth, so that a duration over a limit never reads like the limit.
    fileprivate var inTenths: String {
        let (seconds, attoseconds) = components
        let tenths = (attoseconds + 99_999_999_999_999_999) / 100_000_000_000_000_000
        let whole = seconds.addingReportingOverflow(tenths / 10).partialValue
        return tenths % 10 == 0 ? "\(whole) s" : "\(whole).\(tenths % 10) s"
    }
}
