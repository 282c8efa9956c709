import GatewayCore

extension Owner {
    var columns: (kind: String, id: String) {
        switch self {
        case .servicePlan(let id): ("service_plan", id)
        case .app(let id, let project): ("app", "\(project)/\(id)")
        case .project(let id): ("project", id)
        }
    }

    init?(kind: String, id: String) {
        switch kind {
        case "service_plan": self = .servicePlan(id)
        case "app":
            // Neither part contains a slash.
            guard let slash = id.firstIndex(of: "/") else { return nil }
            self = .app(String(id[id.index(after: slash)...]), project: String(id[..<slash]))
        case "project": self = .project(id)
        default: return nil
        }
    }
}

extension Owner {
    /// Reads the columns `kind` and `name` of `owner`.
    init(kind: Cell, name: Cell) throws(SQLError) {
        self = try name.present(Owner(kind: kind.text(), id: name.text()))
    }
}

extension Row {
    /// Reads `kind` and `name`.
    mutating func owner() throws(SQLError) -> Owner { try Owner(kind: next(), name: next()) }
}
