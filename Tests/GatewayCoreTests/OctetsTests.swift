import GatewayCore
import Testing

@Suite("Reading octet by octet")
struct OctetsTests {
    /// Marks that Swift takes together with the character before them.
    static let joiners = ["\u{301}", "\u{200D}", "\u{200C}", "\u{FE0F}", "\u{947}", "\u{20E3}"]

    @Test("a delimiter with a mark behind it is a delimiter", arguments: joiners)
    func delimiters(_ mark: String) throws {
        #expect("a,\(mark)b".pieces(at: ",") == ["a", "\(mark)b"])
        let (name, password) = try #require("cook:\(mark)pie:".halves(at: ":"))
        #expect(name == "cook")
        #expect(password.isExactly("\(mark)pie:"))
    }

    @Test("CR and LF are two characters")
    func lineEnds() {
        #expect("a\r\nb".pieces(at: "\n") == ["a\r", "b"])
    }

    @Test("pieces are as many as wanted, and empty ones only where they are wanted")
    func pieces() {
        #expect("a  b c".pieces(at: " ") == ["a", "b", "c"])
        #expect("a  b".pieces(at: " ", omittingEmpty: false) == ["a", "", "b"])
        #expect("a;b;c".pieces(at: ";", maxSplits: 1) == ["a", "b;c"])
        #expect("abc".halves(at: ";") == nil)
    }

    @Test("words of a protocol are compared without the case of A to Z, and in nothing else")
    func words() {
        #expect("BeARer".isWord("bearer"))
        #expect(!"\u{212A}eep-alive".isWord("keep-alive"))
        #expect(!"ba\u{17F}ic".isWord("basic"))
        #expect(!"e\u{301}".isExactly("\u{E9}"))
        #expect("\u{212A}A\u{C9}".lowercasedASCII == "\u{212A}a\u{C9}")
        #expect(" \t a b\t ".withoutOuterBlanks == "a b")
        #expect(" \t".withoutOuterBlanks.isEmpty)
    }
}
