internal import Crypto
internal import Files
package import Mailroom

extension DataDirectory {
    /// `keys/link`: made the first time that somebody needs it, and never again.
    ///
    /// A lost one voids every link that is out; a copy in strange hands opens
    /// all of them. So it is in the backup, nobody else may read it, and what
    /// is no key is not replaced by one.
    package func linkKey() throws -> LinkKey {
        try directory.makeDirectory("keys", mode: 0o700)
        let keys = try directory.directory("keys")
        if let octets = try keys.contents(of: "link") {
            guard try keys.status(of: "link").mode & 0o077 == 0 else {
                throw StoreError(
                    .invalid,
                    "\(path)/keys/link can be read or changed by others. Do: chmod 600 \(path)/keys/link")
            }
            guard let key = LinkKey(octets) else {
                throw StoreError(
                    .damaged,
                    "\(path)/keys/link is no key of \(LinkKey.length) octets: restore it from a backup")
            }
            return key
        }
        let octets = RandomOctets.secret(count: LinkKey.length)
        guard let key = LinkKey(octets) else { preconditionFailure("a new key has the length of one") }
        try keys.replace("link", with: octets, mode: 0o600)
        try directory.synchronize()
        return key
    }
}
