extension ISOMedia {
    /// What the `moov` box says of the film.
    struct Movie {
        /// The size of the largest video track, before any rotation.
        private(set) var size: PixelSize?
        /// The duration; nil where the header does not have it, as in a stream.
        private(set) var duration: Duration?

        init(in content: ArraySlice<UInt8>) throws(Damage) {
            var header: Header?
            var ofFragments: UInt64?
            try ISOBox.walk(content) { box throws(Damage) in
                switch box.type {
                case "mvhd": header = try Header(in: box.content)
                case "trak": try take(track: box.content)
                case "mvex":
                    try ISOBox.walk(box.content) { box throws(Damage) in
                        if box.type == "mehd" { ofFragments = try Self.fragmentDuration(in: box.content) }
                    }
                default: break
                }
            }
            duration = header?.time(of: ofFragments)
        }

        private mutating func take(track: ArraySlice<UInt8>) throws(Damage) {
            var size: PixelSize?
            var isVideo = false
            try ISOBox.walk(track) { box throws(Damage) in
                switch box.type {
                case "tkhd": size = try Self.trackSize(in: box.content)
                case "mdia":
                    try ISOBox.walk(box.content) { box throws(Damage) in
                        if box.type == "hdlr" { isVideo = try Self.isVideo(handler: box.content) }
                    }
                default: break
                }
            }
            guard isVideo, let size, size.shortSide > 0 else { return }
            if size.width * size.height > self.size.map({ $0.width * $0.height }) ?? 0 { self.size = size }
        }

        /// Version 1 has times of 64 bits, before the 52 bytes that no rule asks for. Width and height are 16.16.
        /// (ISO/IEC 14496-12, 8.3.2)
        private static func trackSize(in content: ArraySlice<UInt8>) throws(Damage) -> PixelSize {
            var reader = ByteReader(content)
            let version = try reader.byte()
            try reader.skip(3 + (version == 1 ? 32 : 20) + 52)
            let width = Int(try reader.number(UInt32.self) >> 16)
            let height = Int(try reader.number(UInt32.self) >> 16)
            return PixelSize(width: width, height: height)
        }

        /// (ISO/IEC 14496-12, 8.4.3)
        private static func isVideo(handler content: ArraySlice<UInt8>) throws(Damage) -> Bool {
            var reader = ByteReader(content)
            try reader.skip(8)
            return try reader.take(4).elementsEqual("vide".utf8)
        }

        /// In the units of the movie header. (ISO/IEC 14496-12, 8.8.2)
        private static func fragmentDuration(in content: ArraySlice<UInt8>) throws(Damage) -> UInt64 {
            var reader = ByteReader(content)
            let version = try reader.byte()
            try reader.skip(3)
            return version == 1 ? try reader.number() : UInt64(try reader.number(UInt32.self))
        }
    }
}

/// The `mvhd` box. (ISO/IEC 14496-12, 8.2.2)
private struct Header {
    let unitsPerSecond: UInt32
    /// Nil where it says that it does not know.
    let units: UInt64?

    init(in content: ArraySlice<UInt8>) throws(Damage) {
        var reader = ByteReader(content)
        let version = try reader.byte()
        try reader.skip(3 + (version == 1 ? 16 : 8))
        unitsPerSecond = try reader.number()
        if version == 1 {
            let units = try reader.number(UInt64.self)
            self.units = units == .max ? nil : units
        } else {
            let units = try reader.number(UInt32.self)
            self.units = units == .max ? nil : UInt64(units)
        }
    }

    /// The longer of what the header and, for a film in fragments, their box says; nil where both say nothing.
    func time(of fragments: UInt64?) -> Duration? {
        let units = max(units ?? 0, fragments ?? 0)
        guard units > 0, unitsPerSecond > 0 else { return nil }
        let (seconds, rest) = units.quotientAndRemainder(dividingBy: UInt64(unitsPerSecond))
        return .seconds(Int64(clamping: seconds)) + .milliseconds(rest * 1000 / UInt64(unitsPerSecond))
    }
}
