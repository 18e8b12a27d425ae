/// What a parser in the child knows of a member before its octets.
struct MemberHead {
    var index: Int
    var role = Member.Role.file
    var size: Int?
    /// Seconds since 1970.
    var modified: Int64?
    /// The name as the container has it.
    var name: [UInt8] = []
    /// Of the name, as Windows counts: 65001 is UTF-8, zero is anybody's guess.
    var codepage: UInt16 = 0
    /// Empty: the container does not say.
    var mediaType = ""
    var contentID = ""

    static let utf8: UInt16 = 65001
}
