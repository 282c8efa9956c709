import ConfigurationReading
import MM7

extension ConfigurationReader {
    /// How an MMSC wants MM7 spoken: a known profile, with single settings changed.
    func profile() -> Profile {
        var profile = Profile.standard
        read("profile", .profile, into: &profile)
        readSchema(into: &profile)
        let settings = profile
        return optionalObject("profile_settings") { $0.settings(changing: settings) } ?? profile
    }

    /// Reads a schema other than the profile's: its version goes with it, and elements that it does not know are not
    /// written.
    private func readSchema(into profile: inout Profile) {
        var namespace = profile.namespace
        read("namespace", .text, into: &namespace)
        if namespace != profile.namespace, let schema = SchemaVersion.named(namespace) { profile.adopt(schema) }
        profile.namespace = namespace
        read("version", .schemaVersion, into: &profile.version)
    }

    private func settings(changing profile: Profile) -> Profile {
        var profile = profile
        read("namespace_style", .word(), into: &profile.namespaceStyle)
        read("transfer_encoding", .word(), into: &profile.transferEncoding)
        read("presentation", .word(), into: &profile.presentation)
        read("media_reference", .word(), into: &profile.mediaReference)
        read("address_form", .word(), into: &profile.addressForm)
        read("plain_sender", .flag, into: &profile.hasPlainSender)
        read("expiry_form", .word(), into: &profile.expiryForm)
        read("subject_form", .word(), into: &profile.subjectForm)
        read("soap_action", .headerValue, into: &profile.soapAction)
        read("answers_must_match", .flag, into: &profile.answersMustMatch)
        for name in list("write", of: .element) { profile.elements.formUnion(name.set) }
        for name in list("omit", of: .element) { profile.elements.subtract(name.set) }
        let operations = list("operations", of: .operation)
        if !operations.isEmpty {
            profile.operations = operations.reduce(into: []) { $0.formUnion($1.set) }
            if !profile.operations.contains(.submit) {
                fault("operations", "lacks \"submit\", and an MMSC that takes no SubmitReq gets nothing")
            }
        }
        var codes: [Int: ConfigurationPath] = [:]
        let entries = objects("status_codes") { reader -> (code: Int, disposition: Disposition)? in
            guard let code = reader.required("code", .whole(0...9999)),
                let disposition: Disposition = reader.required("disposition", .word())
            else { return nil }
            reader.claim(code, at: reader.path.member("code"), in: &codes, "give each code one disposition")
            return (code, disposition)
        }
        for entry in entries.compactMap({ $0 }) {
            profile.dispositions[StatusCode(rawValue: entry.code)] = entry.disposition
        }
        return profile
    }
}

/// An optional element of MM7 by its name on the wire.
private struct NamedElement {
    var name: String
    var set: ElementSet
}

extension ValueFormat<NamedElement> {
    fileprivate static var element: ValueFormat {
        ValueFormat("one of " + ElementSet.named.keys.sorted().map { "\"\($0)\"" }.joined(separator: ", ")) { name in
            ElementSet.named[name].map { NamedElement(name: name, set: $0) }
        } show: {
            $0.name
        }
    }
}

/// A request to an MMSC by its name in the configuration.
private struct NamedOperation {
    var name: String
    var set: OperationSet
}

extension ValueFormat<NamedOperation> {
    fileprivate static var operation: ValueFormat {
        ValueFormat("one of " + OperationSet.named.keys.sorted().map { "\"\($0)\"" }.joined(separator: ", ")) { name in
            OperationSet.named[name].map { NamedOperation(name: name, set: $0) }
        } show: {
            $0.name
        }
    }
}

extension ValueFormat<String> {
    /// What may stand in a header of HTTP as it is; it may be empty. (RFC 9110, 5.5)
    fileprivate static var headerValue: ValueFormat {
        ValueFormat("up to 256 visible ASCII characters and blanks") { text in
            text.utf8.count <= 256 && text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) ? text : nil
        } show: {
            $0
        }
    }
}
