package import Crypto

extension LinkKey {
    /// What the remembered passwords of files are sealed with, outside of the database as the links' key is.
    package var filePasswords: SealingKey {
        SealingKey(HMAC.sha256(of: Array("mailroom/file-passwords/1".utf8), key: octets))
    }
}
