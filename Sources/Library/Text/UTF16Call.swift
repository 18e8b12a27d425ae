internal import CICU

/// Calls a function of ICU that writes UTF-16 into a buffer, first into a guess, then into what it asked for.
///
/// `call` gets the target, its capacity and the status, and returns the length
/// it wrote or would have written. Nil when ICU reports an error.
func utf16(
    room: Int,
    _ call: (UnsafeMutablePointer<UChar>?, Int32, UnsafeMutablePointer<UErrorCode>) -> Int32
) -> [UChar]? {
    var capacity = room
    for _ in 0..<2 {
        var status = U_ZERO_ERROR
        var needed: Int32 = 0
        let units = unsafe [UChar](unsafeUninitializedCapacity: capacity) { buffer, count in
            needed = unsafe call(buffer.baseAddress, Int32(capacity), &status)
            count = status.rawValue <= 0 ? min(Int(needed), capacity) : 0
        }
        if status == U_BUFFER_OVERFLOW_ERROR || Int(needed) > capacity {
            capacity = Int(needed)
            continue
        }
        return status.rawValue <= 0 ? units : nil
    }
    return nil
}
