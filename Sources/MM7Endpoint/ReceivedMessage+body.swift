import MM7

extension ReceivedMessage {
    /// Lets go of the body where no large part is a slice of it: a presentation of a few lines would hold all of it in
    /// memory beside the picture that was decoded from it.
    mutating func copySmallParts() {
        for index in content.indices where content[index].bytes.count <= Self.smallBytes {
            content[index].bytes = Array(content[index].bytes)[...]
        }
    }

    private static let smallBytes = 16 << 10
}
