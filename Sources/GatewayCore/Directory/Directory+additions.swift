extension Directory {
    /// Apps and webhooks that were made through the API, beside those that the configuration names.
    package struct Additions: Sendable {
        /// Apps by their projects; the oldest first. Their ids are ULIDs, so that older apps have smaller ids.
        package var apps: [String: [Project.App]]
        /// Webhooks by their projects and by their apps, which the configuration may name; the oldest first.
        package var webhooks: [String: [String: [Project.Webhook]]]

        package init(apps: [String: [Project.App]] = [:], webhooks: [String: [String: [Project.Webhook]]] = [:]) {
            self.apps = apps
            self.webhooks = webhooks
        }

        var isEmpty: Bool { apps.isEmpty && webhooks.isEmpty }
    }

    /// The directory of the configuration and what was made through the API.
    ///
    /// What the configuration says counts first: an app with the id of one of its apps is left out, as is one of a
    /// project that it does not have, and a number that it gives to a plan or an app stays there. Of two apps with the
    /// same number that one has it which named it first: no change of an old app takes what another app receives.
    func adding(_ additions: Additions) -> Directory {
        guard !additions.isEmpty else { return self }
        var taken = Set(servicePlans.values.flatMap(\.customer.numbers))
        taken.formUnion(projects.values.lazy.flatMap(\.apps).flatMap(\.numbers))
        var apps = projects.mapValues(\.apps)
        let made = additions.apps.flatMap { project, made in
            made.filter { app in projects[project].map { $0.app(app.id) == nil } ?? false }.map { (project, $0) }
        }
        for (project, app) in made.sorted(by: { ($0.1.numbersSince, $0.1.id) < ($1.1.numbersSince, $1.1.id) }) {
            var app = app
            app.numbers.removeAll { !taken.insert($0).inserted }
            apps[project]?.append(app)
        }
        var directory = self
        directory.projects = projects.mapValues { project in
            var project = project
            let webhooks = additions.webhooks[project.id] ?? [:]
            project.apps = (apps[project.id] ?? []).map { app in
                var app = app
                app.webhooks += webhooks[app.id] ?? []
                return app
            }
            return project
        }
        return directory
    }
}
