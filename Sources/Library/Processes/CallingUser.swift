internal import Glibc

/// Who runs this process: numbers, and the names some programs insist on.
package struct CallingUser: Hashable, Sendable {
    package let id: UInt32
    package let groupID: UInt32
    package let name: String
    package let group: String

    package var isRoot: Bool { id == 0 }

    package init(id: UInt32, groupID: UInt32, name: String, group: String) {
        self.id = id
        self.groupID = groupID
        self.name = name
        self.group = group
    }

    /// Nil where the numbers have no names, as in a container that was given a bare number.
    package static func current() -> CallingUser? {
        let id = geteuid()
        let groupID = getegid()
        guard let user = unsafe getpwuid(id), let name = unsafe user.pointee.pw_name,
            let group = unsafe getgrgid(groupID), let groupName = unsafe group.pointee.gr_name
        else { return nil }
        return unsafe CallingUser(
            id: id, groupID: groupID, name: String(cString: name), group: String(cString: groupName))
    }
}
