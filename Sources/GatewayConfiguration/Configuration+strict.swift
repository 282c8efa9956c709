import ConfigurationReading
package import Media

extension Configuration {
    /// What `strict_validation` asks of media: every figure of it.
    package struct Strict: Sendable {
        package var rules = StrictRules()
        /// The time for looking at media while the customer waits for an answer; what takes longer is looked at when it
        /// is sent.
        package var deadline: Duration = .seconds(10)
    }
}

extension Configuration.Strict {
    private static var sizes: ValueFormat<Int> { .size(from: 1000, to: 100_000_000) }
    private static var sides: ValueFormat<Int> { .whole(1...100_000) }
    private static var times: ValueFormat<Duration> { .duration(from: .seconds(1), to: .seconds(3600)) }

    init(_ reader: ConfigurationReader) {
        reader.read("deadline", .duration(from: .milliseconds(100), to: .seconds(60)), into: &deadline)
        reader.read("file_limit", Self.sizes, into: &rules.fileBytes)
        reader.read("picture_limit", Self.sizes, into: &rules.pictureBytes)
        reader.read("animation_limit", Self.sizes, into: &rules.animationBytes)
        reader.read("video_limit", Self.sizes, into: &rules.videoBytes)
        reader.read("picture_width", Self.sides, into: &rules.pictureSize.width)
        reader.read("picture_height", Self.sides, into: &rules.pictureSize.height)
        reader.read("animation_width", Self.sides, into: &rules.animationSize.width)
        reader.read("animation_height", Self.sides, into: &rules.animationSize.height)
        reader.read("video_width", Self.sides, into: &rules.videoSize.width)
        reader.read("video_height", Self.sides, into: &rules.videoSize.height)
        reader.read("video_duration", Self.times, into: &rules.videoDuration)
        reader.read("high_definition_duration", Self.times, into: &rules.highDefinitionDuration)
    }
}
