import Foundation
import Testing

@testable import MM7

@Suite struct WireDateTests {
    @Test(
        "dates are read as peers write them",
        arguments: [
            ("2024-02-29T12:00:00Z", 1_709_208_000.0), ("2024-02-29T12:00:00", 1_709_208_000),
            ("2024-2-29T14:00:00.000+02:00", 1_709_208_000), ("2024-02-29T07:00:00-0500", 1_709_208_000),
            ("2024-02-29 12:00Z", 1_709_208_000), ("1970-01-01", 0), ("2024-02-29T12:00:00.25Z", 1_709_208_000.25),
        ])
    func reading(text: String, seconds: Double) {
        #expect(WireDate.date(text) == Date(timeIntervalSince1970: seconds))
    }

    @Test(
        "other texts are no dates",
        arguments: [
            "", "now", "2024", "2024-13-01", "2024-01-32", "2015-02-31",
            "2024-01-01T24:00:01Z", "2024-01-01T24:59:60Z", "0000-01-01", "2024-01-01T25:00:00Z", "2024-01-01T00",
            "2024-01-01T00:00:00Zx", "99999-01-01", "2024-01-01T00:00:00+99:00", "-2024-01-01", "２０２４-01-01",
        ])
    func noDates(text: String) {
        #expect(WireDate.date(text) == nil)
    }

    @Test(
        "durations are read in full or not at all",
        arguments: [
            ("P90D", 7_776_000), ("PT24H", 86_400), ("P1DT12H", 129_600), ("P1M", 2_592_000), ("PT1M", 60),
            ("P1Y", 31_536_000), ("PT0.5S", 0), ("3600", 3600), ("20150316", nil), ("P", nil), ("PT", nil), ("P1", nil),
            ("P1H", nil),
            ("-P1D", nil), ("P999999999999D", nil), ("P100Y", 3_153_600_000),
            ("P101Y", nil), ("P999999999Y", nil), ("P1.5D", nil),
        ] as [(String, Int?)])
    func durations(text: String, seconds: Int?) {
        #expect(WireDate.seconds(ofDuration: text) == seconds)
    }

    @Test(
        "what is written is read back",
        arguments: [0.0, 951_782_400, 1_709_208_000, 4_102_444_799, -1, -62_135_596_800, 253_402_300_799])
    func roundTrip(seconds: Double) throws {
        let text = try #require(WireDate.text(Date(timeIntervalSince1970: seconds)))

        #expect(WireDate.date(text) == Date(timeIntervalSince1970: seconds))
    }

    @Test("dates out of range have no text", arguments: [Double.nan, .infinity, 1e300, -1e300, 253_402_300_800])
    func outOfRange(seconds: Double) {
        #expect(WireDate.text(Date(timeIntervalSince1970: seconds)) == nil)
    }

    @Test(
        "durations are written short",
        arguments: [(0, "PT0S"), (86_400, "P1D"), (129_600, "P1DT12H"), (5400, "PT1H30M"), (61, "PT1M1S")])
    func writing(seconds: Int, text: String) {
        #expect(WireDate.text(ofDuration: seconds) == text)
        #expect(WireDate.text(ofDuration: -1) == nil)
    }
}
