import GatewayCore
import MM7

/// The decision about a file that was fetched: the form in which it is sent, or why it is not.
struct Judgement: Equatable, Sendable {
    let bytes: [UInt8]
    /// The registered name, with a charset where a text could not be turned into UTF-8.
    let contentType: String

    /// - Parameter header: the server's Content-Type.
    /// - Throws: a permanent failure, with what was found.
    init(of file: [UInt8], declared header: String) throws(FetchFailure) {
        guard let essence = MediaType.essence(of: header) else {
            throw FetchFailure(.permanent, about: .noType, "the Content-Type is not of the form type/subtype")
        }
        let declared = MediaType.registered(essence)
        let charset = ContentType(header)?.parameters["charset"]
        let isText = MediaType.texts.contains(declared) || declared == "text/*"
        let text = isText ? Self.text(file, charset: charset) : nil
        let file = text?.bytes ?? file
        if let format = MediaFormat(startOf: file) {
            let type = try Self.type(of: file, format, declared: declared)
            contentType = MediaType.texts.contains(type) ? Self.name(type, text?.charset) : type
        } else {
            contentType = Self.name(try Self.type(of: file, declared: declared, isText: text != nil), text?.charset)
        }
        bytes = file
    }

    /// The type of a file whose first bytes show what it is, even if the server names another.
    private static func type(
        of file: [UInt8], _ format: MediaFormat, declared: String
    ) throws(FetchFailure) -> String {
        switch Examination(of: file) {
        case .whole(let facts):
            let names = facts.formats.flatMap(\.contentTypes)
            if names.contains(declared) { return declared }
            // A film without a picture is a sound, where its server says so.
            if declared.hasPrefix("audio/"), facts.size == nil, let sound = format.soundType {
                return format.isVideo && MediaType.boxedSounds.contains(declared) ? declared : sound
            }
            return format.contentTypes.first ?? declared
        case .damaged, .unknown:
            throw FetchFailure(
                .permanent, about: .damage, "the file has to be whole, this \(format.name) ends early or is damaged")
        }
    }

    /// The type of a file whose bytes show nothing: the server is believed where such a file can have the type that it
    /// names.
    private static func type(of file: [UInt8], declared: String, isText: Bool) throws(FetchFailure) -> String {
        if isText, declared == "text/plain" || declared == "text/*" { return "text/plain" }
        let found = Stranger.name(of: file)
        guard MediaType.isCarried(declared) else {
            let words = found.map { ", and the content is \($0)" } ?? ""
            throw FetchFailure(
                .permanent, about: .type, "a message cannot carry \(PeerText(declared, limit: 80))\(words)")
        }
        let mayBe =
            MediaType.unknowable.contains(declared)
            || MediaFormat.allCases.contains { !$0.isAlwaysKnown && !$0.isVideo && $0.contentTypes.contains(declared) }
        // An old ring tone is a text of its own.
        if mayBe, found == nil || declared == "audio/imelody" { return declared }
        throw FetchFailure(
            .permanent, about: .type,
            "the Content-Type has to be that of the content, it is \(PeerText(declared, limit: 80)) and the content is "
                + (found ?? "of no known type"))
    }

    /// A vCard that names charsets itself is not changed: its lines would be wrong in any other.
    private static func text(_ file: [UInt8], charset: String?) -> (bytes: [UInt8], charset: String)? {
        if VCard.isStart(file.prefix(1024).map(\.self))
            || VCard.isStart(file.prefix(1024).map(\.self), of: "vcalendar"),
            VCard.namesCharset(file)
        {
            let isUTF8 = String(validating: file, as: UTF8.self) != nil
            return (file, charset?.lowercased() ?? (isUTF8 ? "utf-8" : "iso-8859-1"))
        }
        return PlainText.inUTF8(file, charset: charset)
    }

    /// The type with its charset; UTF-8 is left out, since every text part gets it where no other is named.
    private static func name(_ type: String, _ charset: String?) -> String {
        guard let charset, charset != "utf-8", charset.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x22 })
        else { return type }
        return "\(type); charset=\"\(charset)\""
    }
}
