import Foundation
import Testing

/// A page of the documentation, as it stands in the repository.
struct Page: Sendable, CustomTestStringConvertible {
    /// From the top of the repository: `docs/metrics.md`.
    let path: String
    let text: String

    static let root = (0..<3).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }

    var testDescription: String { path }

    init(_ path: String) throws {
        self.path = path
        text = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
    }

    /// All of them.
    static func all() throws -> [Page] {
        let folder = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "docs").path)
        let docs = folder.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
        return try (["README.md", "CONTRIBUTING.md"] + docs).map(Page.init)
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The lines outside of blocks of code.
    var prose: [Substring] {
        var isCode = false
        return lines.filter { line in
            guard line.hasPrefix("```") else { return !isCode && !line.hasPrefix("    ") }
            isCode.toggle()
            return false
        }
    }

    /// The blocks of code in a language, line by line.
    func blocks(of language: String) -> [[Substring]] {
        text.split(separator: "```\(language)\n").dropFirst().map { rest in
            let end = rest.firstRange(of: "```")?.lowerBound ?? rest.endIndex
            return Array(rest[..<end].split(separator: "\n", omittingEmptySubsequences: false).dropLast())
        }
    }

    /// The blocks of Mermaid that begin so, line by line.
    func diagrams(_ kind: String) -> [[Substring]] {
        text.split(separator: "```mermaid\n").dropFirst().compactMap { rest in
            let block = rest.prefix(upTo: rest.firstRange(of: "```")?.lowerBound ?? rest.endIndex)
            let lines = block.split(separator: "\n")
            return lines.first.map { $0 == kind } == true ? Array(lines) : nil
        }
    }

    /// The rows of the tables below a heading, cell by cell, their heads left out.
    func rows(below heading: String) throws -> [[String]] {
        let lines = lines
        let start = try #require(lines.firstIndex(of: heading[...]), "\(path) has no heading \(heading)")
        return Self.rows(lines[(start + 1)...].prefix { !$0.hasPrefix("## ") })
    }

    /// The rows of all tables.
    var rows: [[String]] { Self.rows(lines[...]) }

    private static func rows(_ lines: some Sequence<Substring>) -> [[String]] {
        var rows: [[String]] = []
        var isHead = true
        for line in lines {
            guard line.hasPrefix("| ") else {
                isHead = true
                continue
            }
            if line.hasPrefix("| --- ") {
                isHead = false
            } else if !isHead {
                let cells = line.replacing("\\|", with: "\u{1}").split(separator: "|", omittingEmptySubsequences: false)
                rows.append(
                    cells.dropFirst().dropLast().map {
                        $0.replacing("\u{1}", with: "|").trimmingCharacters(in: .whitespaces)
                    })
            }
        }
        return rows
    }

    /// The headings, as forges make anchors of them.
    var anchors: Set<String> {
        let headings = prose.filter { $0.hasPrefix("#") }
        return Set(
            headings.map { heading in
                let text = heading.drop { $0 == "#" || $0 == " " }.lowercased()
                return String(
                    text.filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }.map { $0 == " " ? "-" : $0 })
            })
    }

    /// What stands in backticks.
    static func quoted(in text: some StringProtocol) -> [String] {
        text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    }
}

/// The program's own text, as far as pages quote it.
enum Sources {
    /// The paths of all files of Swift, from the top of the repository.
    static let paths: [String] = ["Sources", "Tests"].flatMap { folder in
        let files = FileManager.default.enumerator(atPath: Page.root.appending(path: folder).path)
        return (files?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }
    }

    static let names = Set(paths.compactMap { $0.split(separator: "/").last.map(String.init) })

    private static func lines(below folder: String) -> [Substring] {
        paths.filter { $0.hasPrefix(folder) }.flatMap { path in
            let text = try? String(contentsOf: Page.root.appending(path: path), encoding: .utf8)
            return text?.split(separator: "\n") ?? []
        }
    }

    private static let lines = lines(below: "Sources/")

    /// Every text in quotes that stands on one line.
    static let literals: Set<String> = Set(
        lines.lazy.filter { $0.utf8.contains(UInt8(ascii: "\"")) }.flatMap { line in
            line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
                .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
        })

    /// The names of all types, those that a store's tests use included.
    static let types: Set<String> = {
        let keywords: Set<Substring> = ["struct", "enum", "class", "actor", "protocol", "typealias"]
        var types: Set<String> = []
        for line in lines + lines(below: "Tests/StoreConformance/") {
            let words = line.split(separator: " ", maxSplits: 6)
            for (word, next) in zip(words, words.dropFirst()) where keywords.contains(word) {
                types.insert(String(next.prefix { $0.isLetter || $0.isNumber || $0 == "_" }))
            }
        }
        return types
    }()
}
