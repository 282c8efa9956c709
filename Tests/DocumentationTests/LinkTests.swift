import Foundation
import Testing

@Suite("What pages point at is there")
struct LinkTests {
    @Test("every link within the repository leads to a file, and to a heading of it", arguments: try Page.all())
    func links(_ page: Page) throws {
        let folder = page.path.hasPrefix("docs/") ? "docs/" : ""
        for link in Self.targets(in: page) {
            let halves = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            let path = halves[0].isEmpty ? page.path : Self.flattened(folder + halves[0])
            #expect(Page.exists(path), "\(page.path): \(link)")
            guard halves.count == 2, path.hasSuffix(".md"), Page.exists(path) else { continue }
            #expect(try Page(path).anchors.contains(String(halves[1])), "\(page.path): \(link)")
        }
    }

    @Test("every file and folder that is named is there", arguments: try Page.all())
    func files(_ page: Page) {
        let folders = ["Sources/", "Tests/", "docs/", "etc/", "schemas/", "docker/", "Benchmarks/", ".ci/"]
        for word in page.prose.flatMap(Page.quoted) where !word.contains(" ") {
            if folders.contains(where: word.hasPrefix), !word.contains("{") {
                #expect(Page.exists(word), "\(page.path): \(word)")
            } else if word.hasSuffix(".swift"), !word.contains("/"), word != "Package.swift" {
                #expect(Sources.names.contains(word), "\(page.path): \(word)")
            }
        }
    }

    @Test("every target has its line in the architecture, and there are no others")
    func targets() throws {
        let named = try Page("docs/architecture.md").rows(below: "## Targets").flatMap { Page.quoted(in: $0[0]) }
        let folders = try FileManager.default.contentsOfDirectory(atPath: Page.root.appending(path: "Sources").path)

        // Of the targets in Tests it is the one that a store needs which is not here yet.
        #expect(named.sorted() == (folders + ["StoreConformance"]).sorted())
    }

    @Test("the README is short")
    func length() throws {
        let lines = try Page("README.md").lines

        #expect(lines.count <= 151, "150 lines and the end of the last")
    }

    @Test("every type that the words of the code name is one")
    func words() throws {
        let named = try Page("CONTRIBUTING.md").rows(below: "## Words of the code").flatMap { Page.quoted(in: $0[1]) }
        let types = named.filter { $0.first?.isUppercase == true }.compactMap { $0.split(separator: ".").last }

        #expect(types.count > 40)
        #expect(types.map(String.init).filter { !Sources.types.contains($0) } == [])
    }

    private static func targets(in page: Page) -> [String] {
        page.prose.flatMap { line in
            line.split(separator: "](").dropFirst().map { String($0.prefix { $0 != ")" && $0 != " " }) }
        }.filter { !$0.contains("://") }
    }

    private static func flattened(_ path: String) -> String {
        path.split(separator: "/").reduce(into: [Substring]()) { steps, step in
            if step == ".." { _ = steps.popLast() } else { steps.append(step) }
        }.joined(separator: "/")
    }
}
