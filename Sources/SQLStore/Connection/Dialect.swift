/// What differs in the SQL of the databases. Statements are written once, in what both understand; the rest is said
/// here or, where a statement is another one, in its `Query`.
package enum Dialect: Sendable {
    case sqlite
    case postgres
}
