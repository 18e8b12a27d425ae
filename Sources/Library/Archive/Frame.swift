/// What passes from the child to the parent: one octet of kind, four of length, the payload.
///
/// All numbers are little-endian. An unwrapping is `member (octets* end)`
/// for each member, then one `summary`; facts are one `facts`. Anything
/// else is a child that has lost its mind.
enum Frame {
    enum Kind: UInt8 {
        case member = 0x4D
        case octets = 0x44
        case end = 0x45
        case summary = 0x53
        case facts = 0x46
    }

    static let headerOctets = 5
    /// The payload of `octets` at most.
    static let dataOctets = 1 << 16
    /// The payload of any other at most: a name of 4 KB and some words.
    static let otherOctets = 1 << 14
    static let nameOctets = 4096
}
