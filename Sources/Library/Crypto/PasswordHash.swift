internal import CCrypt
internal import Glibc

/// Passwords as they may lie on a disk: hashed by yescrypt. crypt(5); `crypt_gensalt_ra`, `crypt_ra`.
///
/// It is slow and takes megabytes, by design: a tenth of a second on one
/// core. So it runs on workers alone, see ``PasswordDesk``.
package enum PasswordHash {
    /// What `crypt` takes at most.
    package static let longestPassword = 511

    /// `$y$j9T$SALT$HASH`: method, cost and salt are in it, so that a later version may make others.
    package static func make(_ password: String) -> String {
        guard let salt = unsafe crypt_gensalt_ra("$y$", 0, nil, 0) else {
            preconditionFailure("libcrypt was built without yescrypt, or the kernel has no random numbers")
        }
        defer { unsafe free(salt) }
        guard let hash = crypt(password, setting: unsafe String(cString: salt)) else {
            preconditionFailure("a salt of libcrypt's own hashes any password that is not too long")
        }
        return hash
    }

    /// Found out in the same time wherever the two differ. What is no hash fits no password.
    package static func matches(_ password: String, _ hash: String) -> Bool {
        guard let made = crypt(password, setting: hash) else { return false }
        return ConstantTime.equal(Array(made.utf8), Array(hash.utf8))
    }

    /// Whether today's method and cost would be others: then it is made anew at the next sign-in.
    package static func isDated(_ hash: String) -> Bool {
        unsafe crypt_checksalt(hash) != CRYPT_SALT_OK || !hash.hasPrefix("$y$")
    }

    private static func crypt(_ password: String, setting: String) -> String? {
        guard password.utf8.count <= longestPassword, !password.utf8.contains(0) else { return nil }
        var data: UnsafeMutableRawPointer?
        var size: Int32 = 0
        let hash = unsafe crypt_ra(password, setting, &data, &size)
        defer {
            if let data = unsafe data {
                unsafe explicit_bzero(data, Int(size))
                unsafe free(data)
            }
        }
        guard let hash = unsafe hash else { return nil }
        let text = unsafe String(cString: hash)
        return text.hasPrefix("*") ? nil : text
    }
}
