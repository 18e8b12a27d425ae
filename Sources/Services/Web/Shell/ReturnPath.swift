/// A page of ours to go back to: taken from the address or a form, so it may be anybody's words.
enum ReturnPath {
    /// Nil unless it is a path of ours, written without anything that a browser would read in another way.
    static func local(_ path: String?) -> String? {
        guard let path, path.utf8.count <= 2000, path.hasPrefix("/"), !path.hasPrefix("//"),
            path.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
        else { return nil }
        return path
    }

    /// After signing in: `/` unless it is one, and not of signing in itself.
    static func safe(_ path: String?) -> String {
        local(path).flatMap { $0.hasPrefix("/sign-") ? nil : $0 } ?? "/"
    }
}
