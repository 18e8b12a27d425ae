/// The parameters of a structured field: `; name=value`, as senders really write them. RFC 2045 section 5.1.
///
/// Values in pieces and with charsets (RFC 2231), encoded words where they are
/// forbidden (RFC 2047 section 5), raw octets of some charset, spaces without
/// quotes, missing semicolons. The first of a name counts.
package struct Parameters: Sendable {
    private struct Entry {
        let name: String
        let value: [UInt8]
    }

    private static let mostParameters = 200
    /// The only values that end at a space though they are not quoted; file names don't.
    private static let words: Set<String> = ["charset", "boundary", "format", "delsp", "micalg", "protocol"]

    private var entries: [Entry] = []

    package init() {}

    package init(_ octets: ArraySlice<UInt8>) {
        var reader = ParameterReader(octets)
        while entries.count < Self.mostParameters, let name = reader.name() {
            guard let value = reader.value(isWord: Self.words.contains(name)) else { continue }
            entries.append(Entry(name: name, value: value))
        }
    }

    package var names: [String] { entries.map(\.name) }

    /// The value, decoded: RFC 2231's form before the plain one, which older readers are meant to see.
    package subscript(_ name: String) -> String? {
        if let entry = entries.first(where: { $0.name == name + "*" }) { return Self.extended(entry.value) }
        if let value = continued(name) { return value }
        return octets(name).map { EncodedWords.decode($0[...]) }
    }

    /// A plain value's octets.
    func octets(_ name: String) -> [UInt8]? { entries.first { $0.name == name }?.value }

    /// `charset'language'text`, percent-encoded. RFC 2231 section 4.
    private static func extended(_ value: [UInt8]) -> String {
        let (charset, text) = split(value[...])
        return CharsetDecoder.decode(percentDecoded(text), charset: charset).text
    }

    /// `name*0`, `name*1*` … in order. RFC 2231 section 3.
    private func continued(_ name: String) -> String? {
        var pieces: [Int: (value: [UInt8], isExtended: Bool)] = [:]
        for entry in entries where entry.name.hasPrefix(name + "*") {
            var digits = entry.name.dropFirst(name.count + 1)
            let isExtended = digits.last == "*"
            if isExtended { digits.removeLast() }
            guard let index = Int(digits), (0..<Self.mostParameters).contains(index), pieces[index] == nil
            else {
                continue
            }
            pieces[index] = (entry.value, isExtended)
        }
        guard let first = pieces.keys.min() else { return nil }
        var charset: String?
        var octets: [UInt8] = []
        var isPlain = true
        for index in first..<first + pieces.count {
            guard let piece = pieces[index] else { break }
            guard piece.isExtended else {
                octets += piece.value
                continue
            }
            isPlain = false
            var text = piece.value[...]
            if index == first { (charset, text) = Self.split(text) }
            octets += Self.percentDecoded(text)
        }
        return isPlain
            ? EncodedWords.decode(octets[...]) : CharsetDecoder.decode(octets, charset: charset).text
    }

    /// Splits off `charset'language'`, where it is there.
    private static func split(_ value: ArraySlice<UInt8>) -> (charset: String?, text: ArraySlice<UInt8>) {
        guard let first = value.firstIndex(of: 39), let second = value[(first + 1)...].firstIndex(of: 39)
        else {
            return (nil, value)
        }
        let charset = String(decoding: value[..<first], as: UTF8.self)
        return (charset.isEmpty ? nil : charset, value[(second + 1)...])
    }

    private static func percentDecoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var octets: [UInt8] = []
        var rest = text
        while let octet = rest.popFirst() {
            if octet == UInt8(ascii: "%"), let high = rest.first?.hexValue,
                let low = rest.dropFirst().first?.hexValue
            {
                octets.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                octets.append(octet)
            }
        }
        return octets
    }

    /// What stands before the parameters, and the parameters.
    static func head(of value: ArraySlice<UInt8>) -> (text: String, rest: ArraySlice<UInt8>) {
        var reader = ParameterReader(value)
        return (reader.head(), reader.rest)
    }
}
