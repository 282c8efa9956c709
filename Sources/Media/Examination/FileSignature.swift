/// The first bytes of formats that are known by them alone.
enum FileSignature {
    static func format(of head: [UInt8]) -> MediaFormat? {
        func begins(_ text: String) -> Bool { head.starts(with: text.utf8) }
        if begins("RIFF"), head.count >= 12 {
            switch String(decoding: head[8..<12], as: UTF8.self) {
            case "WAVE": return .wav
            case "WEBP": return .webP
            default: return nil
            }
        }
        if begins("#!AMR-WB") { return .amrWB }
        if begins("#!AMR") { return .amr }
        if begins("ID3") { return .mp3 }
        if begins("OggS") { return .ogg }
        if begins("MThd") { return .midi }
        if begins("fLaC") { return .flac }
        if isBitmap(head) { return .bmp }
        if head.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) { return isWebM(head) ? .webM : nil }
        if head.starts(with: [0, 0, 1, 0xBA]) || head.starts(with: [0, 0, 1, 0xB3]) { return .mpeg }
        return frame(head)
    }

    /// A file of MPEG sound without a tag before it: a frame of layer III, or one of ADTS.
    private static func frame(_ head: [UInt8]) -> MediaFormat? {
        guard head.count >= 4, head[0] == 0xFF else { return nil }
        switch head[1] {
        case 0xFB, 0xFA, 0xF3, 0xF2, 0xE3, 0xE2:
            // Neither rate of bits nor rate of samples may have its reserved value.
            return head[2] & 0xF0 != 0xF0 && head[2] & 0x0C != 0x0C ? .mp3 : nil
        case 0xF1, 0xF0, 0xF9, 0xF8:
            return head[2] & 0x3C < 0x34 ? .aac : nil
        default:
            return nil
        }
    }

    /// `BM`, two fields that are zero, and the length of one of the headers that there are.
    private static func isBitmap(_ head: [UInt8]) -> Bool {
        guard head.count >= 26, head.starts(with: "BM".utf8), head[6..<10].allSatisfy({ $0 == 0 }) else { return false }
        return [12, 40, 52, 56, 64, 108, 124].contains(head[14]) && head[15..<18].allSatisfy { $0 == 0 }
    }

    /// Matroska says in its first element which kind of file it is.
    private static func isWebM(_ head: [UInt8]) -> Bool {
        head.prefix(64).firstRange(of: Array("webm".utf8)) != nil
    }
}
