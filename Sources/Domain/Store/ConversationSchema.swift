/// Step four of the schema: mail that belongs together, and what staff do with it.
extension Schema {
    static let conversations = ""
}
