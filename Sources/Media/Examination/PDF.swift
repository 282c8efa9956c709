/// A PDF file: a header line at its start, `%%EOF` at its end. (ISO 32000-1, 7.5)
enum PDF {
    static func isStart(_ head: [UInt8]) -> Bool { head.starts(with: "%PDF-".utf8) }

    /// Readers take the marker of the end anywhere in the last 1,024 bytes. (ISO 32000-1, Annex H, note 18)
    static func facts(of file: [UInt8]) throws(Damage) -> MediaFacts {
        guard String(decoding: file.suffix(1024), as: UTF8.self).contains("%%EOF") else { throw Damage() }
        return MediaFacts(.pdf)
    }
}
