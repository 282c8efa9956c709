import Synchronization

/// The schemas of `schemas/mm7`, each compiled when it is first asked for and kept: one or two milliseconds each.
enum SchemaLibrary {
    private struct Key: Hashable {
        var namespace: String
        var areChildrenQualified: Bool
    }

    /// The compiled schemas, only of known namespaces, so never more than two for each of them.
    private static let compiled = Mutex<[Key: XMLSchema]>([:])

    /// - Throws: `.invalid` for a namespace that no schema has.
    static func schema(namespace: String, areChildrenQualified: Bool) throws(MM7Error) -> XMLSchema {
        let key = Key(namespace: namespace, areChildrenQualified: areChildrenQualified)
        let schema = compiled.withLock { compiled -> XMLSchema? in
            if let schema = compiled[key] { return schema }
            guard let text = text(namespace: namespace, areChildrenQualified: areChildrenQualified) else { return nil }
            let schema = XMLSchema(text)
            compiled[key] = schema
            return schema
        }
        guard let schema else {
            throw MM7Error(.invalid, "no MM7 schema is known for the namespace", element: "Body")
        }
        return schema
    }

    /// The schema text for a namespace, with the namespace filled in; nil for one that was never published.
    ///
    /// The two schemas that have the sender as plain text have texts of their own. (TS 23.140, annex L of each version)
    static func text(namespace: String, areChildrenQualified: Bool) -> [UInt8]? {
        guard SchemaVersion.named(namespace) != nil, let slash = namespace.lastIndex(of: "/") else { return nil }
        let folder = namespace[...slash]
        let (writtenFor, file): (String, [UInt8]) =
            switch namespace[slash...].dropFirst() {
            case "REL-5-MM7-1-0": ("REL-5-MM7-1-0", PackageResources.rel_5_mm7_1_0_xsd)
            case "REL-5-MM7-1-1": ("REL-5-MM7-1-1", PackageResources.rel_5_mm7_1_1_xsd)
            case let suffix where suffix.hasPrefix("REL-5-"): ("REL-5-MM7-1-2", PackageResources.rel_5_mm7_1_2_xsd)
            default: ("REL-6-MM7-1-4", PackageResources.rel_6_mm7_1_4_xsd)
            }
        var text = String(decoding: file, as: UTF8.self).replacing(
            "\"\(folder)\(writtenFor)\"", with: "\"\(namespace)\"")
        if !areChildrenQualified {
            text = text.replacing("elementFormDefault=\"qualified\"", with: "elementFormDefault=\"unqualified\"")
        }
        return Array(text.utf8)
    }
}
