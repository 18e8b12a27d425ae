/// The page of ours to go back to after signing in: taken from the address, so it may be anybody's words.
enum ReturnPath {
    /// `/` unless it is a path of ours, written without anything that a browser would read in another way.
    static func safe(_ path: String?) -> String {
        guard let path, path.utf8.count <= 1000, path.hasPrefix("/"), !path.hasPrefix("//"),
            path.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }),
            !path.hasPrefix("/sign-")
        else { return "/" }
        return path
    }
}
