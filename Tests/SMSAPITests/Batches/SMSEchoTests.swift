import DescribedAPI
import GatewayCore
import Testing

@testable import SMSAPI

@Suite("What a batch gives back")
struct SMSEchoTests {
    @Test("where a request asked for nothing, nothing is kept")
    func nothing() throws {
        var echo = SMSEcho()
        echo.textOptions = TextOptions()

        #expect(echo.echo == Echo())
        #expect(try SMSEcho(Echo()) == SMSEcho())
    }

    @Test("that the originator is the plan's default is kept as JSON like the rest")
    func defaultOriginator() throws {
        var echo = SMSEcho()
        echo.isOriginatorDefault = true

        #expect(echo.echo == Echo(#"{"isOriginatorDefault":true}"#))
        #expect(try SMSEcho(echo.echo) == echo)
    }

    @Test("all members are read as they were written")
    func roundTrip() throws {
        var echo = SMSEcho()
        echo.tags = ["a \"b\"", "ü"]
        echo.isFeedbackEnabled = false
        echo.strictValidation = true
        echo.isOriginatorDefault = true
        echo.textOptions = TextOptions(isFlash: true, maxParts: 3)

        #expect(try SMSEcho(echo.echo) == echo)
    }

    @Test("what an older gateway wrote is read, and what a newer one wrote as far as it is known")
    func otherVersions() throws {
        #expect(try SMSEcho(Echo(#"{"tags":["a"],"unheardOf":7}"#)).tags == ["a"])
    }

    @Test("the echo of another API is no echo of this one")
    func foreign() {
        #expect(throws: (any Error).self) { try SMSEcho(Echo("correlation 7")) }
    }

    @Test(
        "every word of delivery_report is read back from what the customer wants",
        arguments: DeliveryReportWord.allCases)
    func words(_ word: DeliveryReportWord) {
        #expect(DeliveryReportWord(word.interest) == word)
    }
}
