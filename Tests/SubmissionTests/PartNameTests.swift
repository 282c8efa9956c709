import Testing

@testable import MM7
@testable import Media

@Suite("File names of parts")
struct PartNameTests {
    @Test("a file without a name of every type that a message carries has the extension of its type")
    func extensions() throws {
        let types =
            MediaType.unknowable.union(MediaType.texts).union(MediaType.boxedSounds)
            .union(MediaFormat.allCases.flatMap(\.contentTypes))
        var names = PartNames()

        for type in types.sorted() {
            #expect(MediaType.isCarried(type))
            let name = names.name(nil, type: try #require(ContentType(type)), index: 1)
            #expect(!name.hasSuffix(".bin"), "\(type)")
        }
    }
}
