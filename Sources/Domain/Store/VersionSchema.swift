/// Step four of the schema: documents as staff change them.
extension Schema {
    static let versions = ""
}
