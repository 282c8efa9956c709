import CustomerServing
import GatewayCore

/// Which members an update changes: those that `update_mask` names, else those that its body has.
struct UpdateMask: Equatable, Sendable {
    /// `display_name`, `retention_policy.ttl_days`; nil for what the body has.
    let paths: [String]?

    init(paths: [String]?) {
        self.paths = paths
    }

    /// One value with commas, or the older parameter that comes several times.
    init(_ query: QueryParameters) {
        let paths = query.values("update_mask") + query.values("update_mask.paths")
        self.init(paths: paths.isEmpty ? nil : paths)
    }

    /// The resource with the changes in it. A member that the mask names and the body does not have goes back to its
    /// default; a list, and an object that is not looked into by a path, is replaced as a whole.
    ///
    /// - Parameters:
    ///   - resource: as the store keeps it.
    ///   - names: the members that may be changed. Others are passed over where the body has them.
    /// - Throws: for a body that is no object, and for a path that names none of the members.
    func applying(
        _ body: JSONValue, to resource: JSONValue, changing names: [String]
    ) throws(InvalidRequest) -> JSONValue {
        guard case .object = body else { throw InvalidRequest(.violation("The request must be an object")) }
        var result = resource
        guard let paths else {
            for member in body.members where names.contains(where: { $0.isExactly(member.name) }) {
                result[member.name] = member.value == .null ? nil : member.value
            }
            return result
        }
        for path in paths {
            let steps = path.pieces(at: ".", omittingEmpty: false).map(String.init)
            guard let first = steps.first, names.contains(where: { $0.isExactly(first) }) else {
                throw InvalidRequest(
                    .violation(
                        at: "update_mask", "'\(path.excerpt)' must be one of \(names.joined(separator: ", "))"))
            }
            result = Self.copying(steps[...], from: body, to: result)
        }
        return result
    }

    private static func copying(_ path: ArraySlice<String>, from body: JSONValue?, to target: JSONValue) -> JSONValue {
        guard let name = path.first else { return target }
        var target = target
        let value = body?[name]
        if path.count == 1 {
            target[name] = value == .null ? nil : value
        } else {
            target[name] = copying(path.dropFirst(), from: value, to: target[name] ?? [:])
        }
        return target
    }
}
