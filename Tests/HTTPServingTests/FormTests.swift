import Testing

@testable import HTTPServing

@Suite("Forms")
struct FormTests {
    @Test(
        "names and values are decoded, a plus sign is a blank",
        arguments: [
            ("a=b", "a", "b"), ("x=1&a=b&y=2", "a", "b"), ("a=1+2%2B3", "a", "1 2+3"), ("a%20b=c%3D%26", "a b", "c=&"),
            ("a=b=c", "a", "b=c"), ("a=%C3%BC", "a", "ü"), ("a=%zz", "a", "%zz"), ("a=%C3", "a", "%C3"),
            ("a=1&a=2", "a", "1"), ("&&a=b&", "a", "b"),
        ])
    func decoded(text: String, name: String, value: String) {
        #expect(FormFields(text)[name] == value)
    }

    @Test("what is absent or empty is nil", arguments: ["", "a", "a=", "=a", "b=a", "A=b", "&=&"])
    func absent(text: String) {
        #expect(FormFields(text)["a"] == nil)
    }

    @Test("all values of a name come in order, those that are empty too")
    func several() {
        #expect(FormFields("a=1&b=2&a=&a=3").values(of: "a") == ["1", "", "3"])
    }

    @Test("what is behind a thousand pairs is not read")
    func bound() {
        let text = String(repeating: "x=1&", count: 1000) + "a=1"

        #expect(FormFields(text)["a"] == nil)
        #expect(FormFields(text).values(of: "x").count == 1000)
    }
}
