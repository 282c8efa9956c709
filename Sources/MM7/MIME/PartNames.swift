/// File names that every handset accepts: ASCII, without blanks, unique, with an extension that fits the type.
struct PartNames {
    private var taken: Set<String> = []

    private static let lengthLimit = 64

    /// A name for the part at `index`, made from its own name if it has one.
    mutating func name(_ wanted: String?, type: ContentType, index: Int) -> String {
        let extensions = Self.extensions[type.essence] ?? []
        let safe = Self.safe(wanted ?? "")
        var stem = safe[...]
        var suffix = extensions.first ?? "bin"
        if let dot = safe.lastIndex(of: ".") {
            let given = safe[safe.index(after: dot)...].lowercased()
            if extensions.contains(given) || extensions.isEmpty && !given.isEmpty {
                suffix = String(safe[safe.index(after: dot)...])
                stem = safe[..<dot]
            } else if Self.isExtension(given) {
                stem = safe[..<dot]
            }
        }
        stem = stem.drop { $0 == "." }
        if stem.isEmpty { stem = "\(Self.noun(type))_\(index)" }

        var name = "\(stem).\(suffix)"
        var attempt = 1
        while !taken.insert(name.lowercased()).inserted {
            name = "\(stem)_\(attempt).\(suffix)"
            attempt += 1
        }
        return name
    }

    /// The last component of a path, without the characters that some handsets do not accept.
    private static func safe(_ name: String) -> String {
        let component = name.utf8.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }.last
        return String(decoding: (component?.filter(isSafe) ?? []).suffix(lengthLimit), as: UTF8.self)
    }

    private static func isSafe(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
        }
    }

    private static func isExtension(_ text: String) -> Bool { extensions.values.contains { $0.contains(text) } }

    private static func noun(_ type: ContentType) -> String {
        ["image", "video", "audio", "text"].contains(type.type) ? type.type : "file"
    }

    /// The extensions that a type may have; the first is the one that we write.
    private static let extensions: [String: [String]] = [
        "image/jpeg": ["jpg", "jpeg", "jpe"], "image/jpg": ["jpg", "jpeg"], "image/gif": ["gif"],
        "image/png": ["png"], "image/bmp": ["bmp"], "image/webp": ["webp"], "image/heic": ["heic"],
        "image/vnd.wap.wbmp": ["wbmp"], "image/svg+xml": ["svg"], "image/tiff": ["tif", "tiff"],
        "audio/amr": ["amr"], "audio/amr-wb": ["awb"], "audio/amr-wb+": ["awb"],
        "audio/midi": ["mid", "midi"], "audio/sp-midi": ["mid"], "audio/mp3": ["mp3"],
        "audio/mpeg": ["mp3", "mpga"], "audio/mp4": ["m4a", "mp4"], "audio/aac": ["aac"], "audio/ogg": ["ogg"],
        "audio/wav": ["wav"], "audio/x-wav": ["wav"], "audio/3gpp": ["3gp"], "audio/3gpp2": ["3g2"],
        "audio/flac": ["flac"], "audio/webm": ["weba", "webm"], "audio/imelody": ["imy"], "audio/evrc": ["evc"],
        "audio/qcelp": ["qcp"], "audio/mobile-xmf": ["mxmf"],
        "video/3gpp": ["3gp", "3gpp"], "video/3gpp2": ["3g2"], "video/mp4": ["mp4", "m4v"],
        "video/mpeg": ["mpg", "mpeg"],
        "video/h263": ["3gp"], "video/h264": ["mp4"], "video/quicktime": ["mov"], "video/webm": ["webm"],
        "text/plain": ["txt"], "text/html": ["html", "htm"], "text/vcard": ["vcf"], "text/x-vcard": ["vcf"],
        "text/calendar": ["ics"], "text/x-vcalendar": ["vcs", "ics"], "application/pdf": ["pdf"],
        "application/smil": ["smil", "smi", "xml"], "application/smil+xml": ["smil", "smi", "xml"],
        "application/vnd.oma.drm.message": ["dm"], "application/vnd.oma.drm.content": ["dcf"],
    ]
}
