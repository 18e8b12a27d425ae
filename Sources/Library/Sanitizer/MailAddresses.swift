/// Decides which addresses in a mail lead anywhere.
enum MailAddresses {
    /// Where a link may lead: other people's servers, a letter, a telephone. A relative address would lead to us.
    static func link(_ written: String) -> String? {
        let address = normal(written)
        guard address.utf8.count <= 4096 else { return nil }
        let lower = address.prefix(8).lowercased()
        let isKnown = ["https://", "http://", "mailto:", "tel:"].contains { lower.hasPrefix($0) }
        return isKnown ? address : nil
    }

    /// A picture on a stranger's server, asked for under encryption alone; nil where that is no address of one.
    static func remotePicture(_ written: String) -> String? {
        let address = normal(written)
        let lower = address.prefix(8).lowercased()
        guard address.utf8.count <= 4096 else { return nil }
        if lower.hasPrefix("https://") { return address }
        if lower.hasPrefix("http://") { return "https://" + address.dropFirst(7) }
        return lower.hasPrefix("//") ? "https:" + address : nil
    }

    /// The Content-ID of a picture of this mail's.
    static func contentID(_ written: String) -> String? {
        let address = normal(written)
        guard address.prefix(4).lowercased() == "cid:" else { return nil }
        return percentDecoded(String(address.dropFirst(4)))
    }

    /// A picture that is written out, of a kind that holds pixels alone: `svg` is a page.
    static func dataPicture(_ written: String) -> String? {
        let address = normal(written)
        guard address.prefix(11).lowercased() == "data:image/", let comma = address.utf8.firstIndex(of: 44)
        else { return nil }
        let kind = address[..<comma].dropFirst(11).lowercased()
        guard ["png;base64", "jpeg;base64", "jpg;base64", "gif;base64", "webp;base64"].contains(kind) else {
            return nil
        }
        let isBase64 = address[comma...].utf8.dropFirst().allSatisfy { octet in
            (48...57).contains(octet) || (65...90).contains(octet) || (97...122).contains(octet)
                || octet == 43 || octet == 47 || octet == 61
        }
        return isBase64 ? "data:image/\(kind),\(address[address.index(after: comma)...])" : nil
    }

    /// As a browser reads it: URL Standard section 4.4, without controls, tabs and line ends, wherever they stand.
    private static func normal(_ written: String) -> String {
        var scalars = written.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F || $0 == " " }[...]
        while scalars.first == " " { scalars.removeFirst() }
        while scalars.last == " " { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars))
    }

    private static func percentDecoded(_ text: String) -> String {
        guard text.utf8.contains(37) else { return text }
        var octets: [UInt8] = []
        var rest = text.utf8[...]
        while let octet = rest.popFirst() {
            if octet == 37, let value = UInt8(String(Substring(rest.prefix(2))), radix: 16), rest.count >= 2 {
                octets.append(value)
                rest = rest.dropFirst(2)
            } else {
                octets.append(octet)
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }
}
