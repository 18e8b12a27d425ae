internal import Glibc

/// The system's words for an `errno`: `No such file or directory`.
func systemReason(_ number: Int32 = errno) -> String {
    guard let words = unsafe strerror(number) else { return "error \(number)" }
    return unsafe String(cString: words)
}
