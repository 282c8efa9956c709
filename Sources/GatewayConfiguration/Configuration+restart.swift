import ConfigurationReading

extension Configuration {
    /// The keys whose values differ between what runs and this configuration, and that count from the next start only.
    ///
    /// - Parameter running: the configuration with which the process began.
    package func keysWaitingForRestart(after running: Configuration) -> [String] {
        let (old, new) = (running.effective.leaves(), effective.leaves())
        var keys = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
        // Secrets are masked in the effective values, and look alike.
        if running.media.hosting.keys != media.hosting.keys { keys.insert("media.hosting.keys") }
        if running.conversation.sealKeys != conversation.sealKeys { keys.insert("conversation.seal_keys") }
        return keys.filter { !isChangedAtOnce($0) }.sorted()
    }

    private func isChangedAtOnce(_ key: String) -> Bool {
        changedAtOnce.contains { key == $0 || key.hasPrefix($0 + ".") }
    }
}

extension ConfigurationValue {
    /// All values but objects, by their keys such as `server.listen`; a list is one value.
    fileprivate func leaves(below path: String = "") -> [String: ConfigurationValue] {
        guard case .object(let members) = self else { return [path: self] }
        return members.reduce(into: [:]) { leaves, member in
            let path = path.isEmpty ? member.key : path + "." + member.key
            leaves.merge(member.value.leaves(below: path)) { $1 }
        }
    }
}
