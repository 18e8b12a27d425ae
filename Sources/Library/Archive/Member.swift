package import Mail

/// One member of a container, as its receiver is told before the octets come.
package struct Member: Hashable, Sendable {
    /// What the octets are to the caller.
    package enum Role: UInt8, Hashable, Sendable, CaseIterable {
        /// A file: judged by its first octets and its name like a body part.
        case file = 0
        /// A MIME entity with its own header fields: what S/MIME signs. RFC 8551 section 3.1.
        case mimeEntity = 1
        /// A message in TNEF within TNEF: unwrapped as TNEF again. [MS-OXTNEF] section 2.1.3.
        case tnef = 2
        /// An object of OLE: the file as another program embedded it.
        case oleObject = 3
    }

    /// From 1, in the order of the container: the `1` of section `3/1`.
    package let index: Int
    package let role: Role
    /// As the container names it, with its directories; nil where it has no name. A name, never a path to
    /// write to: it may be absolute and hold `..`.
    package let path: String?
    package let mediaType: MediaType?
    package let contentID: String?
    /// As the container declares it, which it need not keep.
    package let size: Int?
    package let modified: Timestamp?

    /// The name to go by: the path's last component. What a signature signs is named as the signature is,
    /// without its `.p7m`.
    ///
    /// - Parameter container: the name of the container.
    package func name(within container: String?) -> String? {
        if let name { return name }
        guard let container, container.lowercased().hasSuffix(".p7m") else { return nil }
        // An entity has its names inside, and Outlook's smime.p7m means nothing.
        return role == .mimeEntity || container.utf8.count == 4 ? nil : String(container.dropLast(4))
    }

    /// The path's last component.
    package var name: String? {
        guard let path else { return nil }
        let last = path.split(omittingEmptySubsequences: true) { $0 == "/" || $0 == "\\" }.last
        return last.map { String($0) }
    }
}

/// Takes the members of one container as they are unwrapped; nothing is ever whole in memory.
///
/// What it was given counts only if the ``UnwrapOutcome`` says `complete`.
package protocol MemberReceiver {
    associatedtype Failure: Error
    mutating func memberBegan(_ member: Member) throws(Failure)
    mutating func memberOctets(_ octets: Span<UInt8>) throws(Failure)
    mutating func memberEnded() throws(Failure)
}
