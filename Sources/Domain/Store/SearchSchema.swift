/// Step four of the schema: the words of mail and documents.
extension Schema {
    static let search = ""
}
