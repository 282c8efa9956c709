import MM7Endpoint

/// The newest posts of MMSCs that nobody could read. Its coding keys are the JSON form.
package struct UnreadableBody: Encodable {
    /// The newest first.
    let posts: [UnreadablePost]

    init(_ posts: [UnreadablePost]) { self.posts = posts }

    /// - Parameter mmsc: whose posts; nil for all.
    package init(in dataDirectory: String, from mmsc: String?) {
        self.init(UnreadablePost.kept(in: dataDirectory, from: mmsc))
    }

    package var isEmpty: Bool { posts.isEmpty }

    /// The posts for a terminal, the newest last, where one looks first.
    package var text: String {
        guard !posts.isEmpty else { return "No unreadable post is kept." }
        return posts.reversed().map { post in
            let facts = [
                ("received", post.at), ("MMSC", post.mmsc), ("reason", post.reason),
                ("Content-Type", post.contentType ?? "none"), ("bytes", "\(post.byteCount)"),
            ]
            let lines = facts.map { name, value in name + String(repeating: " ", count: 15 - name.count) + value }
            return lines.joined(separator: "\n") + "\n\n" + post.text
        }.joined(separator: "\n\n" + String(repeating: "-", count: 60) + "\n\n")
    }
}
