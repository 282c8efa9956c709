/// The item of a loop that only looks and never has work.
package struct Nothing: Sendable, Identifiable {
    package let id: Int
}
