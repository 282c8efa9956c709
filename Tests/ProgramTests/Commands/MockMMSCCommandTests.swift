import ArgumentParser
import Testing

@testable import mm7_gateway

@Suite("The options of mock-mmsc")
struct MockMMSCCommandTests {
    @Test(
        "shares out of range, and shares of answers over 1 in sum, are refused",
        arguments: [
            ["--refuse", "1.1"], ["--partial", "2"], ["--swap=-0.1"], ["--recipients", "0"], ["--hang-time", "soon"],
            ["--refuse", "0.5", "--reset", "0.6"], ["--report-tries", "0"], ["--from", "15550100001"],
            ["--deliver", "a.jpg", "--from", "15550100001", "--to", "54321"],
            ["--deliver", "a.jpg", "--to", "54321", "--callback-url", "http://127.0.0.1/mm7/north"],
            ["--callback-digest"], ["--callback-password", "p"],
        ])
    func refused(arguments: [String]) {
        #expect(throws: (any Error).self) { try MockMMSCCommand.parse(arguments) }
    }

    @Test("the shares of answers may be all there is, and those of reports have sums of their own")
    func taken() throws {
        let tenths = ["refuse", "fault", "html", "deny", "reset", "drop", "hang", "half"].map { "--\($0)=0.1" }

        #expect(throws: Never.self) {
            try MockMMSCCommand.parse(tenths + ["--misaddress=0.2", "--swap=1", "--national=1", "--partial=1"])
        }
    }
}
