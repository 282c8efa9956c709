import Testing

@testable import Gateway

@Suite("When freed memory is given back")
struct TrimRuleTests {
    /// At which of the looks, in MiB resident, it is due; the process has 60 MiB after each.
    private func dueLooks(_ looks: [Int]) -> [Int] {
        var rule = TrimRule()
        return looks.indices.filter { index in
            let isDue = rule.isDue(resident: looks[index] << 20)
            if isDue { rule.trimmed(resident: 60 << 20) }
            return isDue
        }
    }

    @Test("a quiet process is left alone")
    func quiet() {
        #expect(dueLooks([60, 61, 62, 70, 70, 70]) == [])
    }

    @Test("a process that grows is left alone until it stops, and then it is due once")
    func flood() {
        #expect(dueLooks([60, 200, 400, 401, 60, 61]) == [3])
    }

    @Test("a second flood is seen too")
    func again() {
        #expect(dueLooks([60, 400, 400, 60, 300, 290, 60]) == [2, 5])
    }
}
