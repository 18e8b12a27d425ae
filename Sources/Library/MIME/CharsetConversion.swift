import Glibc

/// What glibc's iconv makes of a charset we don't read ourselves: `iconv_open`, `iconv`.
enum CharsetConversion {
    /// Nil when iconv doesn't know the charset. What it can't convert becomes U+FFFD.
    static func decode(_ octets: [UInt8], from charset: String) -> (text: String, isClean: Bool)? {
        guard isKnown(charset), let handle = Handle.open(charset) else { return nil }
        return handle.convert(octets)
    }

    /// Only what mail uses: of glibc's hundreds of converters some loop or crash on hostile octets.
    private static func isKnown(_ charset: String) -> Bool {
        let name = charset.uppercased()
        if name.hasPrefix("ISO-8859-") || name.hasPrefix("KOI8-") || name.hasPrefix("UTF-") { return true }
        if name.hasPrefix("CP"), let page = Int(name.dropFirst(2)) {
            return [437, 720, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 874]
                .contains(page)
                || [932, 949, 950].contains(page) || (1250...1258).contains(page)
        }
        return others.contains(name)
    }

    private static let others: Set<String> = [
        "EUC-JP-MS", "GB18030", "BIG5-HKSCS", "MACINTOSH", "MAC-CYRILLIC", "X-MAC-CYRILLIC", "VISCII", "TCVN",
        "ARMSCII-8", "HP-ROMAN8", "JOHAB", "EUC-TW", "ISO-2022-KR",
    ]

    /// The one owner of an `iconv_t`.
    @safe private struct Handle: ~Copyable {
        // Safe because the descriptor never leaves this struct, which closes it once.
        let descriptor: iconv_t

        static func open(_ charset: String) -> Handle? {
            guard !charset.isEmpty, !charset.contains("/") else { return nil }
            guard let descriptor = unsafe iconv_open("UTF-8", charset),
                Int(bitPattern: descriptor) != -1
            else { return nil }
            return unsafe Handle(descriptor: descriptor)
        }

        deinit { unsafe iconv_close(descriptor) }

        func convert(_ octets: [UInt8]) -> (text: String, isClean: Bool) {
            var source = octets
            var room = [UInt8](repeating: 0, count: 4096)
            var text: [UInt8] = []
            text.reserveCapacity(octets.count + octets.count / 2)
            var isClean = true
            unsafe source.withUnsafeMutableBytes { input in
                unsafe room.withUnsafeMutableBytes { output in
                    var next = unsafe input.baseAddress?.assumingMemoryBound(to: CChar.self)
                    var left = input.count
                    while true {
                        var target = unsafe output.baseAddress?.assumingMemoryBound(to: CChar.self)
                        var free = output.count
                        let before = left
                        let isEnd = left == 0
                        let result =
                            isEnd
                            ? unsafe iconv(descriptor, nil, nil, &target, &free)
                            : unsafe iconv(descriptor, &next, &left, &target, &free)
                        let reason = errno
                        unsafe text.append(contentsOf: output.prefix(output.count - free))
                        let hasMoved = left < before || free < output.count
                        if result != -1, isEnd { return }
                        if hasMoved, result != -1 || reason == E2BIG { continue }
                        // A sequence that is none, or cut short: one octet is given up.
                        isClean = false
                        text.append(contentsOf: "\u{fffd}".utf8)
                        guard left > 0 else { return }
                        unsafe next = next.map { unsafe $0 + 1 }
                        left -= 1
                    }
                }
            }
            return (String(decoding: text, as: UTF8.self), isClean)
        }
    }
}
