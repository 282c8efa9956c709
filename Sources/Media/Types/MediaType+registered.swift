extension MediaType {
    /// The registered name of a type, by which MMSCs know it; an unknown name is returned unchanged.
    ///
    /// `text/x-vcard` and `text/x-vcalendar` are kept: the specifications of MMS have these names, and so do handsets.
    /// (OMA MMS Conformance Document, 7.1)
    ///
    /// - Parameter type: in lower case and without parameters.
    package static func registered(_ type: String) -> String { names[type] ?? type }

    private static let names: [String: String] = {
        var names: [String: String] = [:]
        for (name, others) in otherNames { for other in others { names[other] = name } }
        return names
    }()

    private static let otherNames: [(name: String, others: [String])] = [
        (
            "image/jpeg",
            [
                "image/jpg", "image/jpe", "image/jfif", "image/pjpeg", "image/pjpg", "image/x-jpeg", "image/x-jpg",
                "image/x-citrix-jpeg", "application/jpeg", "application/jpg", "application/x-jpg",
            ]
        ),
        ("image/png", ["image/x-png", "image/apng", "image/vnd.mozilla.apng", "application/png", "application/x-png"]),
        ("image/gif", ["image/x-gif", "application/gif"]),
        (
            "image/bmp",
            ["image/ms-bmp", "image/x-bmp", "image/x-ms-bmp", "image/x-windows-bmp", "application/bmp"]
        ),
        ("image/webp", ["image/x-webp"]),
        ("image/vnd.wap.wbmp", ["image/wbmp", "image/x-wbmp", "image/x-wap.wbmp"]),
        (
            "video/mp4",
            [
                "video/m4v", "video/mp4v-es", "video/mpeg4", "video/x-m4v", "video/x-mp4", "application/mp4",
                "application/x-mp4",
            ]
        ),
        ("video/3gpp", ["video/3gp", "video/3gpp-encrypted", "video/x-3gp", "video/x-3gpp", "application/3gpp"]),
        ("video/3gpp2", ["video/3g2", "video/3gp2", "video/x-3g2", "video/x-3gpp2"]),
        ("video/quicktime", ["image/mov", "video/mov", "video/qt", "video/x-mov", "video/x-quicktime"]),
        ("video/mpeg", ["video/mpg", "video/x-mpeg", "video/x-mpg", "video/mpeg2"]),
        ("video/webm", ["video/x-webm"]),
        (
            "audio/mpeg",
            [
                "audio/mp3", "audio/mpeg3", "audio/mpg", "audio/x-mp3", "audio/x-mpeg", "audio/x-mpeg-3",
                "audio/x-mpeg3", "audio/x-mpg", "application/mp3",
            ]
        ),
        ("audio/wav", ["audio/vnd.wave", "audio/wave", "audio/x-pn-wav", "audio/x-wav", "audio/x-wave"]),
        ("audio/amr", ["audio/amr-nb", "audio/x-amr", "audio/x-amr-nb", "application/amr"]),
        ("audio/amr-wb", ["audio/awb", "audio/x-amr-wb"]),
        ("audio/mp4", ["audio/m4a", "audio/mp4a-latm", "audio/mpeg4", "audio/x-m4a", "audio/x-mp4"]),
        ("audio/3gpp", ["audio/3gp", "audio/x-3gpp"]),
        ("audio/3gpp2", ["audio/3g2"]),
        ("audio/aac", ["audio/aacp", "audio/x-aac", "audio/x-hx-aac-adts", "audio/vnd.dlna.adts"]),
        ("audio/ogg", ["application/ogg", "application/x-ogg", "audio/opus", "audio/vorbis", "audio/x-ogg"]),
        ("audio/midi", ["audio/mid", "audio/x-mid", "audio/x-midi", "application/midi", "application/x-midi"]),
        ("audio/flac", ["audio/x-flac"]),
        ("audio/imelody", ["audio/imy", "audio/x-imelody", "audio/x-imy", "text/imelody", "text/x-imelody"]),
        ("application/pdf", ["application/acrobat", "application/x-pdf", "text/pdf", "text/x-pdf"]),
        (
            "text/vcard",
            [
                "application/vcard", "application/x-vcard", "text/directory", "text/vcf",
                "text/x-vcf",
            ]
        ),
        ("text/calendar", ["application/ics", "text/ics", "text/x-ical", "text/x-icalendar"]),
        ("text/plain", ["text/ascii", "text/txt", "text/x-plain"]),
        ("application/smil", ["application/smil+xml", "application/smilx", "application/x-smil", "text/smil"]),
        (
            anything,
            [
                "application/*", "application/binary", "application/download", "application/force-download",
                "application/octet", "application/octetstream", "application/unknown", "application/x-binary",
                "application/x-download", "application/x-force-download", "application/x-octet-stream",
                "application/x-unknown", "binary/octet-stream", "content/unknown", "file/unknown",
                "multipart/form-data", "unknown/unknown",
            ]
        ),
        ("image/*", ["image/image", "image/unknown", "image/x-unknown"]),
        ("video/*", ["video/unknown", "video/video", "video/x-unknown"]),
        ("audio/*", ["audio/audio", "audio/unknown", "audio/x-unknown"]),
    ]
}
